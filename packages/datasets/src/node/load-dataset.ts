import { constants } from 'node:buffer';
import { type Dataset, imageBytes } from '../dataset.js';
import { datasetDefinition, isLayout } from './definitions.js';
import { loadFiles, type LoadDatasetOptions } from './load-files.js';
import { openLayout } from './open-dataset.js';

const blockImages = 512;

/**
 * Loads one split of a dataset into memory: from `folder` if given, else from the cache, which is filled first where needed. For what is too large for memory there is `openDataset`.
 *
 * @param name - Such as `cifar10`; see `listDatasets`.
 * @param options - See `LoadDatasetOptions`.
 * @throws {RangeError} When there is no such dataset, split or kind of labels, or a file is not what it should be: says the file and the byte or line.
 * @throws {Error} When files are missing, cannot be read, or cannot be downloaded; says what to do.
 *
 * @example
 * const train = await loadDataset('cifar10', { split: 'train' });
 * const test = await loadDataset('cifar100', { split: 'test', labels: 'coarse', folder: 'data' });
 * const birds = await loadDataset('image-folder', { folder: 'birds', imageSize: 64 });
 */
export async function loadDataset(name: string, options: LoadDatasetOptions = {}): Promise<Dataset> {
  const definition = datasetDefinition(name);
  if (!isLayout(definition)) return loadFiles(definition, options);
  const { read, close, ...described } = await openLayout(definition, options);
  try {
    const { size, imageShape } = described;
    const bytes = imageBytes(imageShape);
    if (size * bytes > constants.MAX_LENGTH) {
      throw new RangeError(
        `${size} images of ${imageShape.join(' x ')} are ${((size * bytes) / 1e9).toFixed(1)} GB, more than one array holds; use openDataset, or a smaller imageSize.`,
      );
    }
    const images = new Uint8Array(size * bytes);
    for (let first = 0; first < size; first += blockImages) {
      const count = Math.min(blockImages, size - first);
      const indices = Int32Array.from({ length: count }, (_, index) => first + index);
      images.set(await read(indices, options), first * bytes);
      options.onProgress?.({ event: 'decode', imagesDone: first + count, imagesTotal: size });
    }
    return { ...described, images };
  } finally {
    await close();
  }
}
