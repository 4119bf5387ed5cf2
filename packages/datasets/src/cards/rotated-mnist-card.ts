import type { DatasetCard } from '../dataset-card.js';
import { mnistCard } from './mnist-card.js';

/** The rotated MNIST of Mettes et al. 2019, which is made of MNIST. */
export const rotatedMnistCard: DatasetCard = {
  ...mnistCard,
  name: 'rotated-mnist',
  madeOf: 'mnist',
  title: 'Rotated MNIST',
  description:
    'The digits 2, 3, 4, 5 and 7 of MNIST, each turned by an angle of its own from 0 to 180 degrees: for classification, regression, and both at once.',
  citation: `${mnistCard.citation} Turned as in P. Mettes, E. van der Pol, C. Snoek. Hyperspherical Prototype Networks. NeurIPS 2019, section 4.3.`,
  caveat:
    'It is made of MNIST when it is loaded, by a fixed seed a split; the paper does not publish its angles. Channel statistics are those of the turned training images.',
  channels: { mean: [0.13097348], standardDeviation: [0.28911177] },
  classNames: { label: ['two', 'three', 'four', 'five', 'seven'] },
  values: { name: 'rotation', unit: 'degrees', bounds: [0, 180] },
  splits: { train: { size: 29_617 }, test: { size: 4944 } },
};
