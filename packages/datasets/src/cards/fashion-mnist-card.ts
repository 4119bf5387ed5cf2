import type { DatasetCard } from '../dataset-card.js';

/** Fashion-MNIST, as far as it is known without its files. */
export const fashionMnistCard: DatasetCard = {
  name: 'fashion-mnist',
  title: 'Fashion-MNIST',
  description: '70,000 articles of clothing of 28 x 28 grey pixels, light on black, in the layout of MNIST.',
  homepage: 'https://github.com/zalandoresearch/fashion-mnist',
  terms: 'MIT licence, copyright 2017 Zalando SE.',
  citation:
    'H. Xiao, K. Rasul, R. Vollgraf. Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms. arXiv 1708.07747, 2017.',
  sources: [
    {
      title: 'Zalando Research',
      location: 'https://fashion-mnist.s3.eu-central-1.amazonaws.com/',
      bytes: 30_878_645,
    },
    {
      title: 'Debian',
      location: 'apt:dataset-fashion-mnist@0.0~git20200523.55506a9-1',
      bytes: 30_900_652,
    },
  ],
  imageShape: [28, 28, 1],
  channels: { mean: [0.2860406], standardDeviation: [0.35302424] },
  classNames: {
    label: [
      'T-shirt/top',
      'Trouser',
      'Pullover',
      'Dress',
      'Coat',
      'Sandal',
      'Shirt',
      'Sneaker',
      'Bag',
      'Ankle boot',
    ],
  },
  splits: {
    train: {
      size: 60_000,
      checksums: {
        images: '2e487a6c89124f78f2d7521542223cafe96f7123c3ca13d447772ac6ecbb3012',
        labels: 'd69b1d6e0b8064974aa5aecc2786f961b8b2be829ee3a39dd8989efee46cad5a',
        examples: '989cc2261976bc9acabe9650d9ff14fd2e7808baad4197fa53f97c70a6adfe9e',
      },
    },
    test: {
      size: 10_000,
      checksums: {
        images: 'c867c93ff95360594e8ec3287995350b824dd110b11595c0e13d5423f621867a',
        labels: '53fdd09ed9cbcd893df0e3b0af7802f2d62457de11c87273d4b4186f4992a40c',
        examples: '871a68ce0ff9c30eafd64bcb65ff26f2eda8345f80ca4c9ba8e1fe73a4682ada',
      },
    },
  },
};
