export { tfDataset, type TfBatch, type TfDatasetOptions } from './tf-dataset.js';
