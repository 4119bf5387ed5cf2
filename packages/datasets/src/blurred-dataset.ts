import { type Dataset, imageBytes } from './dataset.js';
import { type DrawnValues, drawValues } from './draw-values.js';
import { mapImages } from './map-images.js';
import type { StreamedDataset } from './streamed-dataset.js';

/** How much `blurredDataset` blurs. */
export interface BlurredDatasetOptions extends DrawnValues {
  /** The Gaussian's standard deviation in pixels, from 0 to 32. */
  readonly range: readonly [lowest: number, highest: number];
}

/**
 * Every image blurred by a Gaussian of a width of its own, which becomes its value: the standard deviation in pixels. Labels stay, for joint
 * tasks. The Gaussian is taken at whole pixels up to three deviations away (rounded up) and scaled to a sum of 1; beyond
 * its edge an image goes on with the edge's colours.
 *
 * @param dataset - In memory, or streamed: then images are blurred when they are read.
 * @throws {RangeError} When the range or the seed is none of the allowed.
 *
 * @example
 * blurredDataset(cifar10, { range: [0, 3], seed: 0 });
 */
export function blurredDataset<D extends Dataset | StreamedDataset>(
  dataset: D,
  { range, seed }: BlurredDatasetOptions,
): D {
  const blurred = drawValues(dataset, { range, seed }, [0, 32], 'blur', 'pixels');
  const [height, width, channels] = dataset.imageShape;
  const across = new Float64Array(imageBytes(dataset.imageShape));
  const both = new Float64Array(across.length);
  const map = (image: Uint8Array, changed: Uint8Array, index: number): void => {
    const kernel = gaussian(blurred.values[index]!);
    blurAlong(image, across, height, width, channels, kernel);
    blurAlong(across, both, 1, height, width * channels, kernel);
    for (let at = 0; at < both.length; at += 1) changed[at] = Math.round(both[at]!);
  };
  return { ...mapImages(blurred, map), name: `blurred-${dataset.name}` };
}

/** The middle and one side of a Gaussian; the middle and twice the side sum to 1. */
function gaussian(deviation: number): Float64Array {
  const radius = Math.ceil(3 * deviation);
  const weights = Float64Array.from({ length: radius + 1 }, (_, distance) =>
    distance === 0 ? 1 : Math.exp(-((distance / deviation) ** 2) / 2),
  );
  const sum = weights.reduce((total, weight) => total + 2 * weight, -weights[0]!);
  return weights.map((weight) => weight / sum);
}

/** Blurs along the middle axis of `[lines, length, step]`. */
function blurAlong(
  from: ArrayLike<number>,
  to: Float64Array,
  lines: number,
  length: number,
  step: number,
  kernel: Float64Array,
): void {
  for (let line = 0; line < lines; line += 1) {
    const start = line * length * step;
    const last = start + (length - 1) * step;
    for (let offset = 0; offset < step; offset += 1) {
      for (let at = start; at <= last; at += step) {
        let sum = from[at + offset]! * kernel[0]!;
        for (let distance = 1; distance < kernel.length; distance += 1) {
          const before = Math.max(start, at - distance * step);
          const after = Math.min(last, at + distance * step);
          sum += (from[before + offset]! + from[after + offset]!) * kernel[distance]!;
        }
        to[at + offset] = sum;
      }
    }
  }
}
