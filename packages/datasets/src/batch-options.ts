import type { Augmentation, Extent } from './augmentation.js';
import type { ChannelStatistics } from './channel-statistics.js';
import { checkAugmentation } from './check-augmentation.js';
import type { DatasetMetadata } from './dataset.js';
import { checkSeed } from './seeded-generator.js';

/** How `batches` and `streamBatches` walk through a dataset. */
export interface BatchOptions {
  /** The number of images in a batch, at least 1. The paper's value for CIFAR-100 is 128. */
  readonly batchSize: number;
  /** A whole number from 0. With it the order is shuffled (unless `shuffle` is false); augmentation needs it. */
  readonly seed?: number;
  /** Which epoch this is, from 0: each has its own order and augmentation. Default 0. */
  readonly epoch?: number;
  /** Whether the order is shuffled. Default: true when there is a seed, else false. */
  readonly shuffle?: boolean;
  /**
   * Whether every class comes equally often: an epoch has as many images as the dataset, those of small classes several times and
   * of large classes not all. Needs labels and a seed. Default false: each image once.
   */
  readonly balanceClasses?: boolean;
  /** The number of the batch to begin with, from 0: the batches from there on are those of the whole epoch. Default 0. */
  readonly start?: number;
  /** Height and width that every image is brought to. Default: the dataset's own. */
  readonly resize?: Extent;
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

/** How many batches an epoch of `size` images has. */
export function batchCount(
  size: number,
  { batchSize, dropLast = false }: Pick<BatchOptions, 'batchSize' | 'dropLast'>,
): number {
  return dropLast ? Math.floor(size / batchSize) : Math.ceil(size / batchSize);
}

/** Refuses options that are out of range or do not fit the dataset. */
export function checkBatchOptions(dataset: DatasetMetadata, options: BatchOptions): void {
  const {
    batchSize,
    seed,
    epoch = 0,
    shuffle,
    balanceClasses = false,
    start = 0,
    resize,
    augment,
    normalise,
  } = options;
  const [height, width, channels] = dataset.imageShape;
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`batchSize is ${batchSize}; it must be a whole number of images, at least 1.`);
  }
  checkSeed('seed', seed ?? 0);
  checkSeed('epoch', epoch);
  const needsSeed = augment ? 'augment' : balanceClasses ? 'balanceClasses' : shuffle ? 'shuffle' : undefined;
  if (seed === undefined && needsSeed) {
    throw new TypeError(`${needsSeed} needs a seed: give a whole number, so that the epoch can be repeated.`);
  }
  if (balanceClasses && shuffle === false) {
    throw new RangeError('balanceClasses draws the order, so shuffle cannot be false.');
  }
  const count = batchCount(dataset.size, options);
  if (!Number.isInteger(start) || start < 0 || start > count) {
    throw new RangeError(
      `start is ${start}; it must be a whole number from 0 to ${count}, the number of batches.`,
    );
  }
  if (resize && !resize.every((side) => Number.isInteger(side) && side >= 1)) {
    throw new RangeError(
      `resize is [${resize.join(', ')}]; height and width must be whole numbers, at least 1.`,
    );
  }
  if (augment) checkAugmentation(augment, resize ?? [height, width]);
  if (normalise) checkStatistics(normalise, channels);
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
          'both must be finite and the deviation above 0. Give 1 for a channel that is the same everywhere.',
      );
    }
  }
}
