import type { DatasetCard } from '../dataset-card.js';

/** CUB-200-2011, as far as it is known without its files. */
export const cub2002011Card: DatasetCard = {
  name: 'cub-200-2011',
  otherNames: ['cub'],
  title: 'Caltech-UCSD Birds-200-2011',
  description: '11,788 photographs of 200 species of birds, of many sizes.',
  homepage: 'https://www.vision.caltech.edu/datasets/cub_200_2011/',
  terms: 'For non-commercial research and education; the photographs belong to their makers.',
  citation:
    'C. Wah, S. Branson, P. Welinder, P. Perona, S. Belongie. The Caltech-UCSD Birds-200-2011 Dataset. Technical report CNS-TR-2011-001, California Institute of Technology, 2011.',
  caveat:
    "The official files could not be reached when this card was written: the sizes are the makers', the channel statistics are those of ImageNet, by which the paper normalises, " +
    'the sum of the archive is as others publish it, and there are no checksums of decoded images.',
  sources: [
    {
      title: 'California Institute of Technology',
      location: 'https://data.caltech.edu/records/65de6-vp158/files/CUB_200_2011.tgz',
      bytes: 1_150_585_339,
    },
  ],
  imageShape: [224, 224, 3],
  channels: { mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225] },
  classNames: { label: [] },
  splits: { train: { size: 5994 }, test: { size: 5794 } },
};
