import { join } from 'node:path';
import { type Dataset, imageBytes } from '../dataset.js';
import type { ReadOptions, StreamedDataset } from '../streamed-dataset.js';
import { datasetFolder } from './cache-folder.js';
import { datasetDefinition, isLayout } from './definitions.js';
import { fetchImages } from './fetch-images.js';
import { createImageDecoder, type ImageDecoder } from './image-decoder.js';
import { checkImageFileOptions } from './image-file-options.js';
import type { LayoutDefinition } from './layout-definition.js';
import type { SplitTable } from './layouts/image-table.js';
import { refuseUnreadImages } from './layouts/refuse-unread-images.js';
import { loadFiles, type LoadDatasetOptions } from './load-files.js';

/**
 * Opens one split of a dataset without loading its pixels: of a dataset of image files, labels and values are read, and images are decoded in worker threads when they are asked for, so that
 * memory holds what is asked for and no more. Other datasets are loaded, and answer from memory. Close it when done.
 *
 * @param name - Such as `tiny-imagenet`; see `listDatasets`.
 * @param options - See `LoadDatasetOptions`.
 * @throws {RangeError} When there is no such dataset, split or kind of labels, or a file is not what it should be: says the file and the line.
 * @throws {Error} When files are missing, cannot be read, or cannot be downloaded; says what to do.
 *
 * @example
 * const train = await openDataset('image-folder', { folder: 'birds', imageSize: 224 });
 * const pixels = await train.read([0, 1, 2]); // [3, 224, 224, 3]
 * await train.close();
 */
export async function openDataset(name: string, options: LoadDatasetOptions = {}): Promise<StreamedDataset> {
  const definition = datasetDefinition(name);
  if (isLayout(definition)) return openLayout(definition, options);
  return streamFromMemory(await loadFiles(definition, options));
}

/** `openDataset` for a layout of one's own. */
export async function openLayout(
  definition: LayoutDefinition,
  options: LoadDatasetOptions,
): Promise<StreamedDataset> {
  checkImageFileOptions(options);
  const { split, table } = await readTableOf(definition, options);
  const decoder = createImageDecoder(options.workers === undefined ? {} : { workers: options.workers });
  try {
    await refuseUnreadImages(table, decoder, options.signal);
    const { imageShape, resize } = await shapeOf(definition, table.root, table.paths[0]!, decoder, options);
    const { fit = 'cover' } = options;
    const { root, paths, ...described } = table;
    const size = paths.length;
    return {
      name: definition.card.name,
      split,
      size,
      imageShape,
      ...described,
      read: async (indices, { signal }: ReadOptions = {}) => {
        checkIndices(indices, size, `${definition.card.name} ${split}`);
        const wanted = Array.from(indices, (index) => join(root, paths[index]!));
        return decoder.decode(wanted, { imageShape, ...(resize && { fit }), ...(signal && { signal }) });
      },
      close: decoder.close,
    };
  } catch (error) {
    await decoder.close();
    throw error;
  }
}

/** A dataset in memory, in the shape of a streamed one. */
export function streamFromMemory(dataset: Dataset): StreamedDataset {
  const { images, ...described } = dataset;
  const bytes = imageBytes(dataset.imageShape);
  return {
    ...described,
    // A promise, so that wrong positions reject here as they do where images are decoded.
    read: (indices, { signal }: ReadOptions = {}) =>
      new Promise((resolve) => {
        signal?.throwIfAborted();
        checkIndices(indices, dataset.size, `${dataset.name} ${dataset.split}`);
        const chosen = new Uint8Array(indices.length * bytes);
        for (let row = 0; row < indices.length; row += 1) {
          const from = indices[row]! * bytes;
          chosen.set(images.subarray(from, from + bytes), row * bytes);
        }
        resolve(chosen);
      }),
    close: () => Promise.resolve(),
  };
}

async function readTableOf(definition: LayoutDefinition, options: LoadDatasetOptions): Promise<SplitTable> {
  const { card } = definition;
  const { split, labels, cacheFolder } = options;
  const splits = Object.keys(card.splits);
  if (split !== undefined && splits.length > 0 && !splits.includes(split)) {
    throw new RangeError(`split is "${split}"; ${card.title} has ${splits.join(', ')}.`);
  }
  const kinds = Object.keys(card.classNames);
  if (labels !== undefined && kinds.length > 0 && !kinds.includes(labels)) {
    throw new RangeError(`labels is "${labels}"; ${card.title} has ${kinds.join(', ')}.`);
  }
  if (options.folder === undefined) await fetchImages(definition, options);
  return definition.readTable({
    ...options,
    folder: options.folder ?? datasetFolder(card.name, cacheFolder),
  });
}

async function shapeOf(
  { card, imageSize: usual }: LayoutDefinition,
  root: string,
  first: string,
  decoder: ImageDecoder,
  { imageSize: asked, channels = 3, signal }: LoadDatasetOptions,
): Promise<{ readonly imageShape: [number, number, number]; readonly resize: boolean }> {
  const size = asked ?? usual;
  if (size !== undefined) {
    const [height, width] = typeof size === 'number' ? [size, size] : size;
    return { imageShape: [height, width, channels], resize: true };
  }
  const [height, width] = card.imageShape ?? (await decoder.probe(join(root, first), signal));
  return { imageShape: [height, width, channels], resize: false };
}

function checkIndices(indices: ArrayLike<number>, size: number, title: string): void {
  for (let at = 0; at < indices.length; at += 1) {
    const index = indices[at]!;
    if (!Number.isInteger(index) || index < 0 || index >= size) {
      throw new RangeError(
        `indices[${at}] is ${index}; it must be a whole number from 0 to ${size - 1}, a position in ${title}.`,
      );
    }
  }
}
