export { datasetContract, type DatasetRule } from './testing/dataset-contract.js';
export { syntheticCifar, type SyntheticCifarOptions } from './testing/synthetic-cifar.js';
export { syntheticMnist, type SyntheticMnistOptions } from './testing/synthetic-mnist.js';
