import { datasetDefinition, isLayout } from './definitions.js';
import { fetchFiles, type GetDatasetOptions, type StoredDataset } from './fetch-files.js';
import { fetchImages } from './fetch-images.js';

/**
 * Sees to it that all files of a dataset are in the cache: does nothing when they are, else downloads from the first source that works, checks what came by its sum, and puts it under its name only when it is whole and
 * right, so that two of these at once, or a kill midway, do no harm. Files of records (CIFAR, MNIST) are checked by SHA-256 each time.
 *
 * @param name - Such as `cifar10`; see `listDatasets`.
 * @throws {RangeError} When there is no such dataset.
 * @throws {Error} When it has no source, no source can be reached, or the folder cannot be written; says what to do.
 *
 * @example
 * const { folder } = await getDataset('cifar10', { onProgress: (progress) => console.error(progress) });
 */
export async function getDataset(name: string, options: GetDatasetOptions = {}): Promise<StoredDataset> {
  const definition = datasetDefinition(name);
  if (isLayout(definition)) return fetchImages(definition, options);
  return fetchFiles(definition.madeOf ?? definition, options);
}
