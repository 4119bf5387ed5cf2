import type { DatasetCard } from '../dataset-card.js';

/** Tiny ImageNet, which the paper calls ImageNet-200, as far as it is known without its files. */
export const tinyImagenetCard: DatasetCard = {
  name: 'tiny-imagenet',
  otherNames: ['imagenet-200'],
  title: 'Tiny ImageNet',
  description:
    '110,000 photographs of 64 x 64 pixels in 200 classes of ImageNet; the test split is the official validation set.',
  homepage: 'https://cs231n.stanford.edu/tiny-imagenet-200.zip',
  terms: 'For non-commercial research and education, as ImageNet itself.',
  citation: 'Y. Le, X. Yang. Tiny ImageNet Visual Recognition Challenge. Stanford CS 231N, 2015.',
  caveat:
    "The official files could not be reached when this card was written: the sizes are the makers', the channel statistics are those of ImageNet, by which the paper normalises, " +
    'the sum of the archive is as others publish it, and there are no checksums of decoded images.',
  sources: [
    {
      title: 'Stanford CS 231N',
      location: 'https://cs231n.stanford.edu/tiny-imagenet-200.zip',
      bytes: 248_100_043,
    },
  ],
  imageShape: [64, 64, 3],
  channels: { mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225] },
  classNames: { label: [] },
  splits: { train: { size: 100_000 }, test: { size: 10_000 } },
};
