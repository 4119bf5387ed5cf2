import { drawChange, type Extent, unchanged } from './augmentation.js';
import type { BatchOptions } from './batch-options.js';
import { type DatasetMetadata, imageBytes } from './dataset.js';
import { seededGenerator } from './seeded-generator.js';
import { byteTable, coverSquare, writeImage } from './write-image.js';
import { writeResampledImage } from './write-resampled-image.js';
import { writeStretchedImage } from './write-stretched-image.js';

/** Some images, ready for `tensor4d(batch.images, batch.shape)`. */
export interface Batch {
  /** `[n, height, width, channels]`, row-major. */
  readonly images: Float32Array;
  readonly shape: [n: number, height: number, width: number, channels: number];
  /** `[n]`, when the dataset has labels. */
  readonly labels?: Int32Array;
  /** `[n]`, when the dataset has values. */
  readonly values?: Float32Array;
  /** `[n]`: each image's position in the dataset. */
  readonly indices: Int32Array;
}

/**
 * What makes one epoch's batches, called once a batch in their order: the random changes come from one stream. `positions` says where in
 * `images` each image of the batch is.
 */
export type BatchWriter = (indices: Int32Array, images: Uint8Array, positions: ArrayLike<number>) => Batch;

/** Prepares the batches of an epoch from `options.start` on. */
export function batchWriter(dataset: DatasetMetadata, options: BatchOptions): BatchWriter {
  const { batchSize, seed = 0, epoch = 0, start = 0, augment = {} } = options;
  const { imageShape, labels, values } = dataset;
  const channels = imageShape[2];
  const source: Extent = [imageShape[0], imageShape[1]];
  const output = options.resize ?? source;
  const shape: DatasetMetadata['imageShape'] = [output[0], output[1], channels];
  const pixels = imageBytes(shape);
  const table = byteTable(channels, options.normalise);
  const { rotation = 0, randomResizedCrop, cutout = 0 } = augment;
  const stretched = randomResizedCrop !== undefined || output[0] !== source[0] || output[1] !== source[1];
  const change = unchanged(source);
  const random = seededGenerator('augmentation', seed, epoch);
  // The draws of the batches before, so that these batches are those of the whole epoch.
  for (let image = 0; image < Math.min(start * batchSize, dataset.size); image += 1) {
    drawChange(augment, random, source, output, change);
  }

  const allocate = (n: number) => ({
    images: new Float32Array(n * pixels),
    labels: labels && new Int32Array(n),
    values: values && new Float32Array(n),
  });
  const shared = options.reuseBuffers === true ? allocate(Math.min(batchSize, dataset.size)) : undefined;
  return (indices, images, positions) => {
    const n = indices.length;
    const arrays = shared ?? allocate(n);
    for (let row = 0; row < n; row += 1) {
      drawChange(augment, random, source, output, change);
      const position = positions[row]!;
      if (rotation > 0) {
        writeResampledImage(images, imageShape, position, change, output, table, arrays.images, row);
      } else if (stretched) {
        writeStretchedImage(images, imageShape, position, change, output, table, arrays.images, row);
      } else {
        writeImage(images, imageShape, position, change, table, arrays.images, row);
      }
      if (cutout > 0) coverSquare(arrays.images, row, output, channels, cutout, change);
      if (arrays.labels) arrays.labels[row] = labels![indices[row]!]!;
      if (arrays.values) arrays.values[row] = values![indices[row]!]!;
    }
    return {
      images: arrays.images.subarray(0, n * pixels),
      shape: [n, ...shape],
      ...(arrays.labels && { labels: arrays.labels.subarray(0, n) }),
      ...(arrays.values && { values: arrays.values.subarray(0, n) }),
      indices,
    };
  };
}
