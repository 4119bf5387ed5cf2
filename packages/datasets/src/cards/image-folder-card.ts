import type { DatasetCard } from '../dataset-card.js';

/** Any folder of images by class. */
export const imageFolderCard: DatasetCard = {
  name: 'image-folder',
  title: 'A folder of images by class',
  description:
    'Your own images: a folder a class, as in ImageFolder of torchvision; with folders train and test (or val) around them, or without.',
  homepage: 'https://docs.pytorch.org/vision/stable/generated/torchvision.datasets.ImageFolder.html',
  terms: 'Yours.',
  citation: '',
  caveat: 'Everything depends on the files; give a folder.',
  sources: [],
  classNames: { label: [] },
  splits: {},
};
