export { datasetContract } from './testing/dataset-contract.js';
