import { rotatedMnistCard } from '../../cards/rotated-mnist-card.js';
import { chooseClasses } from '../../choose-classes.js';
import { rotatedDataset } from '../../rotated-dataset.js';
import type { DatasetDefinition } from '../dataset-definition.js';
import { mnistDefinition } from './mnist-definition.js';

const digits = [2, 3, 4, 5, 7];

/** How the rotated MNIST is made of MNIST. */
export const rotatedMnistDefinition: DatasetDefinition = {
  ...mnistDefinition,
  card: rotatedMnistCard,
  madeOf: mnistDefinition,
  make: (mnist) =>
    rotatedDataset(chooseClasses(mnist, digits), {
      range: [0, 180],
      // Another one for each split, so that no angle tells which digit it belongs to.
      seed: mnist.split === 'train' ? 0 : 1,
      mask: 'none',
    }),
};
