import { type Dataset, imageBytes } from './dataset.js';

/**
 * The chosen images of a dataset, in the order given; an index may come twice. Copies what is chosen.
 *
 * @param dataset - Where to choose from.
 * @param indices - Positions in the dataset, 0 to `size - 1`.
 * @throws {RangeError} When an index is no position in the dataset.
 *
 * @example
 * subset(dataset, [0, 2, 4]);
 */
export function subset(dataset: Dataset, indices: ArrayLike<number>): Dataset {
  const bytes = imageBytes(dataset.imageShape);
  const size = indices.length;
  const images = new Uint8Array(size * bytes);
  const { labels, values } = dataset;
  for (let row = 0; row < size; row += 1) {
    const index = indices[row]!;
    if (!Number.isInteger(index) || index < 0 || index >= dataset.size) {
      throw new RangeError(
        `indices[${row}] is ${index}; it must be a whole number from 0 to ${dataset.size - 1}, a position in ${dataset.name} ${dataset.split}.`,
      );
    }
    images.set(dataset.images.subarray(index * bytes, (index + 1) * bytes), row * bytes);
  }
  return {
    ...dataset,
    size,
    images,
    ...(labels && { labels: Int32Array.from(indices, (index) => labels[index]!) }),
    ...(values && { values: Float32Array.from(indices, (index) => values[index]!) }),
  };
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
