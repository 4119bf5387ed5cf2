import { type Augmentation, checkAugmentation, drawChange, type ImageChange } from './augmentation.js';
import type { ChannelStatistics } from './channel-statistics.js';
import { type Dataset, imageBytes } from './dataset.js';
import { seededGenerators } from './seeded-generators.js';
import { shuffledIndices } from './shuffled-indices.js';
import { byteTable, writeImage } from './write-image.js';

/** How `batches` walks through a dataset. */
export interface BatchOptions {
  /** The number of images in a batch, at least 1. The paper's value for CIFAR-100 is 128. */
  readonly batchSize: number;
  /** A whole number from 0. With it the order is shuffled (unless `shuffle` is false); augmentation needs it. */
  readonly seed?: number;
  /** Which epoch this is, from 0: each has its own order and augmentation. Default 0. */
  readonly epoch?: number;
  /** Whether the order is shuffled. Default: true when there is a seed, else false. */
  readonly shuffle?: boolean;
  /** Random changes to the images. Default: none. */
  readonly augment?: Augmentation;
  /** Subtracts each channel's mean and divides by its standard deviation. Default: bytes / 255, from 0 to 1. */
  readonly normalise?: ChannelStatistics;
  /** Whether a last batch with fewer than `batchSize` images is left out. Default false: it comes, and it is shorter. */
  readonly dropLast?: boolean;
  /**
   * Whether all batches share their arrays, so that the next batch overwrites the one before: saves memory where a batch is copied
   * (into a tensor, say) before the next is asked for. Default false: every batch is yours to keep.
   */
  readonly reuseBuffers?: boolean;
}

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

/** How many batches `batches` makes from a dataset of this size. */
export function batchCount(size: number, { batchSize, dropLast = false }: BatchOptions): number {
  return dropLast ? Math.floor(size / batchSize) : Math.ceil(size / batchSize);
}

/**
 * One epoch of a dataset in batches: each image once, in an order and with an augmentation that depend on (seed, epoch) alone,
 * not on the batch size or on what ran before.
 *
 * @param dataset - What to walk through.
 * @param options - See `BatchOptions`.
 * @throws {RangeError | TypeError} At once (not at the first batch) when an option is out of range or a seed is missing.
 *
 * @example
 * for (const batch of batches(train, {
 *   batchSize: 128, seed: 0, epoch, normalise: channelStatistics(train),
 *   augment: { padAndCrop: 4, horizontalFlip: true },
 * })) {
 *   const images = tensor4d(batch.images, batch.shape);
 * }
 */
export function batches(dataset: Dataset, options: BatchOptions): Generator<Batch, void, undefined> {
  checkOptions(dataset, options);
  return generateBatches(dataset, options);
}

function* generateBatches(dataset: Dataset, options: BatchOptions): Generator<Batch, void, undefined> {
  const { batchSize, seed = 0, epoch = 0, shuffle = options.seed !== undefined, augment } = options;
  const { imageShape, labels, values } = dataset;
  const order = shuffle
    ? shuffledIndices(dataset.size, { seed, epoch })
    : Int32Array.from({ length: dataset.size }, (_, index) => index);
  const random = seededGenerators({ seed, epoch }).augmentation;
  const table = byteTable(imageShape[2], options.normalise);
  const unchanged: ImageChange = { rowShift: 0, columnShift: 0, flip: false };
  const pixels = imageBytes(imageShape);
  const shared =
    options.reuseBuffers === true ? allocate(dataset, Math.min(batchSize, dataset.size)) : undefined;
  const count = batchCount(dataset.size, options);
  for (let number = 0; number < count; number += 1) {
    const indices = order.slice(number * batchSize, (number + 1) * batchSize);
    const n = indices.length;
    const arrays = shared ?? allocate(dataset, n);
    for (const [row, index] of indices.entries()) {
      const change = augment ? drawChange(augment, random) : unchanged;
      writeImage(dataset, index, change, table, arrays.images, row);
      if (arrays.labels) arrays.labels[row] = labels![index]!;
      if (arrays.values) arrays.values[row] = values![index]!;
    }
    yield {
      images: arrays.images.subarray(0, n * pixels),
      shape: [n, ...imageShape],
      ...(arrays.labels && { labels: arrays.labels.subarray(0, n) }),
      ...(arrays.values && { values: arrays.values.subarray(0, n) }),
      indices,
    };
  }
}

function allocate(dataset: Dataset, n: number) {
  return {
    images: new Float32Array(n * imageBytes(dataset.imageShape)),
    labels: dataset.labels && new Int32Array(n),
    values: dataset.values && new Float32Array(n),
  };
}

function checkOptions(dataset: Dataset, options: BatchOptions): void {
  const { batchSize, seed, epoch = 0, shuffle, augment, normalise } = options;
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`batchSize is ${batchSize}; it must be a whole number of images, at least 1.`);
  }
  for (const [name, value] of [
    ['seed', seed ?? 0],
    ['epoch', epoch],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new RangeError(`${name} is ${value}; it must be a whole number from 0 to 2^53 - 1.`);
    }
  }
  if (seed === undefined && (shuffle === true || augment !== undefined)) {
    throw new TypeError(
      `${augment ? 'augment' : 'shuffle'} needs a seed: give a whole number, so that the epoch can be repeated.`,
    );
  }
  if (augment) checkAugmentation(augment, dataset.imageShape);
  if (normalise) checkStatistics(normalise, dataset.imageShape[2]);
}

function checkStatistics({ mean, standardDeviation }: ChannelStatistics, channels: number): void {
  if (mean.length !== channels || standardDeviation.length !== channels) {
    throw new RangeError(
      `normalise has ${mean.length} means and ${standardDeviation.length} standard deviations; the images have ${channels} channels.`,
    );
  }
  for (const [channel, deviation] of standardDeviation.entries()) {
    if (!(deviation > 0) || !Number.isFinite(deviation) || !Number.isFinite(mean[channel])) {
      throw new RangeError(
        `normalise has mean ${mean[channel]} and standard deviation ${deviation} for channel ${channel}; ` +
          'both must be finite and the deviation above 0.',
      );
    }
  }
}
