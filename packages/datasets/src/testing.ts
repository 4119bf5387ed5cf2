export { datasetContract, type DatasetRule } from './testing/dataset-contract.js';
export { syntheticCifar, type SyntheticCifarOptions } from './testing/synthetic-cifar.js';
