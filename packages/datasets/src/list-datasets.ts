import { cifar100Card } from './cards/cifar100-card.js';
import { cifar10Card } from './cards/cifar10-card.js';
import { cub2002011Card } from './cards/cub-200-2011-card.js';
import { fashionMnistCard } from './cards/fashion-mnist-card.js';
import { imageCsvCard } from './cards/image-csv-card.js';
import { imageFolderCard } from './cards/image-folder-card.js';
import { mnistCard } from './cards/mnist-card.js';
import { omniartCard } from './cards/omniart-card.js';
import { rotatedMnistCard } from './cards/rotated-mnist-card.js';
import { tinyImagenetCard } from './cards/tiny-imagenet-card.js';
import type { DatasetCard } from './dataset-card.js';

/** The name of a dataset that has a card and can be loaded by it. */
export type DatasetName =
  | 'cifar10'
  | 'cifar100'
  | 'mnist'
  | 'fashion-mnist'
  | 'rotated-mnist'
  | 'tiny-imagenet'
  | 'cub-200-2011'
  | 'omniart'
  | 'image-folder'
  | 'image-csv';

const cards: Readonly<Record<DatasetName, DatasetCard>> = {
  cifar10: cifar10Card,
  cifar100: cifar100Card,
  mnist: mnistCard,
  'fashion-mnist': fashionMnistCard,
  'rotated-mnist': rotatedMnistCard,
  'tiny-imagenet': tinyImagenetCard,
  'cub-200-2011': cub2002011Card,
  omniart: omniartCard,
  'image-folder': imageFolderCard,
  'image-csv': imageCsvCard,
};

/**
 * The cards of all datasets that `loadDataset` knows.
 *
 * @example
 * listDatasets().map((card) => card.name); // ['cifar10', 'cifar100', 'mnist', ...]
 */
export function listDatasets(): readonly DatasetCard[] {
  return Object.values(cards);
}

/**
 * The card of one dataset: source, terms, sizes, classes, channel statistics, checksums.
 *
 * @throws {RangeError} When there is no dataset of that name; says which there are.
 *
 * @example
 * datasetCard('cifar10').channels.mean; // [0.49139968, 0.48215841, 0.44653091]
 */
export function datasetCard(name: string): DatasetCard {
  const card = listDatasets().find((one) => one.name === name || one.otherNames?.includes(name));
  if (!card) {
    throw new RangeError(`there is no dataset "${name}"; the names are ${Object.keys(cards).join(', ')}.`);
  }
  return card;
}
