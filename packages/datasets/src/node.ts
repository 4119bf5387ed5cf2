export { datasetFolder } from './node/cache-folder.js';
export { getDataset, type GetDatasetOptions, type StoredDataset } from './node/get-dataset.js';
export { loadDataset, type LoadDatasetOptions } from './node/load-dataset.js';
export { type DatasetProgress } from './node/progress.js';
export { datasetCard, listDatasets } from './list-datasets.js';
