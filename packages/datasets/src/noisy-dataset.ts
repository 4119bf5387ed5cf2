import type { Dataset } from './dataset.js';
import { type DrawnValues, drawValues } from './draw-values.js';
import { mapImages } from './map-images.js';
import { seededGenerator } from './seeded-generator.js';
import type { StreamedDataset } from './streamed-dataset.js';

/** How much noise `noisyDataset` adds. */
export interface NoisyDatasetOptions extends DrawnValues {
  /** The noise's standard deviation as a share of the full range of a byte, from 0 to 1. */
  readonly range: readonly [lowest: number, highest: number];
}

/**
 * Every image with Gaussian noise of a strength of its own, which becomes its value: the standard deviation, independent in every channel of
 * every pixel, before rounding to bytes and cutting off at 0 and 255. Labels stay, for joint tasks.
 *
 * @param dataset - In memory, or streamed: then noise is added when images are read, to an image always the same.
 * @throws {RangeError} When the range or the seed is none of the allowed.
 *
 * @example
 * noisyDataset(cifar10, { range: [0, 0.25], seed: 0 });
 */
export function noisyDataset<D extends Dataset | StreamedDataset>(
  dataset: D,
  { range, seed }: NoisyDatasetOptions,
): D {
  const noisy = drawValues(dataset, { range, seed }, [0, 1], 'noise', 'of the full range');
  const map = (image: Uint8Array, changed: Uint8Array, index: number): void => {
    const deviation = noisy.values[index]! * 255;
    const random = seededGenerator('noise', seed, index);
    for (let at = 0; at < image.length; at += 2) {
      // Box and Muller: two numbers of a normal distribution from two of a uniform one.
      const radius = deviation * Math.sqrt(-2 * Math.log(((random.next() >>> 0) + 1) / 2 ** 32));
      const angle = ((random.next() >>> 0) / 2 ** 32) * 2 * Math.PI;
      changed[at] = toByte(image[at]! + radius * Math.cos(angle));
      if (at + 1 < image.length) changed[at + 1] = toByte(image[at + 1]! + radius * Math.sin(angle));
    }
  };
  return { ...mapImages(noisy, map), name: `noisy-${dataset.name}` };
}

function toByte(colour: number): number {
  return Math.min(255, Math.max(0, Math.round(colour)));
}
