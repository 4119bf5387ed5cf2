import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import type { Dataset } from './dataset.js';
import { checkSeed, seededGenerator } from './seeded-generator.js';
import type { StreamedDataset } from './streamed-dataset.js';
import { withValues } from './with-values.js';

/** What each image's value is drawn from: all numbers of the range are equally likely. */
export interface DrawnValues {
  readonly range: readonly [lowest: number, highest: number];
  /** A whole number from 0. Image i's value depends on it and on i alone. */
  readonly seed: number;
}

/** The same images with values drawn from a range that lies within `allowed`. */
export function drawValues<D extends Dataset | StreamedDataset>(
  dataset: D,
  { range: [lowest, highest], seed }: DrawnValues,
  allowed: readonly [lowest: number, highest: number],
  valueName: string,
  valueUnit: string,
): D & { readonly values: Float32Array } {
  checkSeed('seed', seed);
  if (!(lowest < highest && lowest >= allowed[0] && highest <= allowed[1])) {
    throw new RangeError(
      `range is [${lowest}, ${highest}]; it must be two numbers from ${allowed[0]} to ${allowed[1]} ${valueUnit}, the lower one first.`,
    );
  }
  const random = seededGenerator('target', seed);
  const drawn = withValues(dataset, () => lowest + (highest - lowest) * uniformFloat64(random), {
    valueName,
    valueUnit,
    valueBounds: [lowest, highest],
  });
  return { ...drawn, values: drawn.values! };
}
