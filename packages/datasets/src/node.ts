export { datasetCard, listDatasets } from './list-datasets.js';
export { datasetFolder } from './node/cache-folder.js';
export { getDataset, type GetDatasetOptions, type StoredDataset } from './node/get-dataset.js';
export { loadDataset, type LoadDatasetOptions } from './node/load-dataset.js';
export { type DatasetProgress, type OnDatasetProgress } from './node/progress.js';
export {
  type DatasetVerification,
  type SplitVerification,
  verifyDataset,
  type VerifyDatasetOptions,
} from './node/verify-dataset.js';
