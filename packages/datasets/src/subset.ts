import { type Dataset, type DatasetMetadata, imageBytes } from './dataset.js';
import type { StreamedDataset } from './streamed-dataset.js';

/**
 * The chosen images of a dataset, in the order given; an index may come twice. Copies what is chosen; of a streamed dataset
 * it reads nothing, and closing the subset closes the dataset.
 *
 * @param dataset - Where to choose from.
 * @param indices - Positions in the dataset, 0 to `size - 1`.
 * @throws {RangeError} When an index is no position in the dataset.
 *
 * @example
 * subset(dataset, [0, 2, 4]);
 */
export function subset(dataset: Dataset, indices: ArrayLike<number>): Dataset;
export function subset(dataset: StreamedDataset, indices: ArrayLike<number>): StreamedDataset;
export function subset<D extends Dataset | StreamedDataset>(dataset: D, indices: ArrayLike<number>): D;
export function subset(
  dataset: Dataset | StreamedDataset,
  indices: ArrayLike<number>,
): Dataset | StreamedDataset {
  checkPositions(indices, dataset);
  const chosen = Int32Array.from(indices);
  const size = chosen.length;
  const { labels, values } = dataset;
  const parts = {
    size,
    ...(labels && { labels: chosen.map((index) => labels[index]!) }),
    ...(values && { values: Float32Array.from(chosen, (index) => values[index]!) }),
  };
  if (!('images' in dataset)) {
    return {
      ...dataset,
      ...parts,
      read: async (rows, options) => {
        checkPositions(rows, { ...dataset, size });
        return dataset.read(
          Int32Array.from(rows, (row) => chosen[row]!),
          options,
        );
      },
      close: () => dataset.close(),
    };
  }
  const bytes = imageBytes(dataset.imageShape);
  const images = new Uint8Array(size * bytes);
  for (const [row, index] of chosen.entries()) {
    images.set(dataset.images.subarray(index * bytes, (index + 1) * bytes), row * bytes);
  }
  return { ...dataset, ...parts, images };
}

function checkPositions(indices: ArrayLike<number>, { size, name, split }: DatasetMetadata): void {
  for (let row = 0; row < indices.length; row += 1) {
    const index = indices[row]!;
    if (!Number.isInteger(index) || index < 0 || index >= size) {
      throw new RangeError(
        `indices[${row}] is ${index}; it must be a whole number from 0 to ${size - 1}, a position in ${name} ${split}.`,
      );
    }
  }
}

/**
 * The first images of a dataset, in its own order; all of them when it has fewer. Shares memory with the dataset.
 *
 * @throws {RangeError} When `count` is not a whole number of at least 1.
 *
 * @example
 * firstImages(dataset, 1000).size; // 1000
 */
export function firstImages(dataset: Dataset, count: number): Dataset {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`count is ${count}; it must be a whole number of images, at least 1.`);
  }
  const size = Math.min(count, dataset.size);
  return {
    ...dataset,
    size,
    images: dataset.images.subarray(0, size * imageBytes(dataset.imageShape)),
    ...(dataset.labels && { labels: dataset.labels.subarray(0, size) }),
    ...(dataset.values && { values: dataset.values.subarray(0, size) }),
  };
}
