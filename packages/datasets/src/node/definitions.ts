import { datasetCard, type DatasetName } from '../list-datasets.js';
import type { DatasetDefinition } from './dataset-definition.js';
import { cifar100Definition } from './definitions/cifar100-definition.js';
import { cifar10Definition } from './definitions/cifar10-definition.js';
import { fashionMnistDefinition } from './definitions/fashion-mnist-definition.js';
import { layoutDefinitions } from './definitions/layout-definitions.js';
import { mnistDefinition } from './definitions/mnist-definition.js';
import { rotatedMnistDefinition } from './definitions/rotated-mnist-definition.js';
import type { LayoutDefinition } from './layout-definition.js';

const definitions: Readonly<Record<DatasetName, DatasetDefinition | LayoutDefinition>> = {
  cifar10: cifar10Definition,
  cifar100: cifar100Definition,
  mnist: mnistDefinition,
  'fashion-mnist': fashionMnistDefinition,
  'rotated-mnist': rotatedMnistDefinition,
  ...layoutDefinitions,
};

/** The definition of a dataset by its name; an unknown name is a RangeError that lists the names. */
export function datasetDefinition(name: string): DatasetDefinition | LayoutDefinition {
  return definitions[datasetCard(name).name as DatasetName];
}

/** Whether a dataset consists of image files, which are decoded one by one. */
export function isLayout(definition: DatasetDefinition | LayoutDefinition): definition is LayoutDefinition {
  return 'readTable' in definition;
}
