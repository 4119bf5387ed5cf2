import './node/refuse-older-node.js';
export { datasetCard, listDatasets } from './list-datasets.js';
export { datasetFolder } from './node/cache-folder.js';
export { type GetDatasetOptions, type StoredDataset } from './node/fetch-files.js';
export { getDataset } from './node/get-dataset.js';
export { type ImageFit } from './node/image-decoder.js';
export { type ImageFileOptions } from './node/image-file-options.js';
export { loadDataset } from './node/load-dataset.js';
export { type LoadDatasetOptions } from './node/load-files.js';
export { openDataset } from './node/open-dataset.js';
export { readImageFiles, type ReadImageFilesOptions } from './node/read-image-files.js';
export { type DatasetProgress, type OnDatasetProgress } from './node/progress.js';
export {
  type DatasetVerification,
  type SplitVerification,
  verifyDataset,
  type VerifyDatasetOptions,
} from './node/verify-dataset.js';
