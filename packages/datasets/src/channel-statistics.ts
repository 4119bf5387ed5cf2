import type { Dataset } from './dataset.js';

/** Each channel's mean and standard deviation over all pixels, in units of the full range (a byte / 255). */
export interface ChannelStatistics {
  /** `[channels]`, 0 to 1. */
  readonly mean: readonly number[];
  /** `[channels]`, of the population (divided by n), 0 to .5. */
  readonly standardDeviation: readonly number[];
}

/**
 * Each channel's mean and standard deviation over all pixels of a dataset, in units of the full range (a byte / 255).
 * Exact sums of integers, so that the order of the images does not matter.
 *
 * @throws {RangeError} When the dataset is empty.
 *
 * @example
 * channelStatistics(cifar10Train).mean; // [0.49139968, 0.48215841, 0.44653091]
 */
export function channelStatistics(dataset: Pick<Dataset, 'images' | 'imageShape'>): ChannelStatistics {
  const { images } = dataset;
  const channels = dataset.imageShape[2];
  if (images.length === 0)
    throw new RangeError('channel statistics need at least one image; the dataset is empty.');
  const counts = Array.from({ length: channels }, () => new Float64Array(256));
  for (const [channel, count] of counts.entries()) {
    for (let at = channel; at < images.length; at += channels) count[images[at]!]! += 1;
  }
  const pixels = images.length / channels;
  const mean = counts.map((count) => count.reduce((sum, n, byte) => sum + n * byte, 0) / pixels);
  const variance = counts.map(
    (count, channel) => count.reduce((sum, n, byte) => sum + n * (byte - mean[channel]!) ** 2, 0) / pixels,
  );
  return {
    mean: mean.map((value) => value / 255),
    standardDeviation: variance.map((value) => Math.sqrt(value) / 255),
  };
}
