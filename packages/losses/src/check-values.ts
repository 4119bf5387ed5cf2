import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { checkMatrix } from './check-shapes.js';

/** Numbers on the host, or in a tensor that is read for the check. */
export type Numbers = Tensor1D | ArrayLike<number>;

async function valuesOf(numbers: Numbers): Promise<ArrayLike<number>> {
  return 'dataSync' in numbers ? numbers.data() : numbers;
}

/** What labels may be besides a class. */
export interface CheckLabelsOptions {
  /** The label that means "none" and may appear as well. Default: no such label. */
  readonly ignoredLabel?: number;
}

/**
 * Reads labels and rejects with a RangeError that names the first one that is not a class, and its position. The
 * losses never read labels: check a data set once, before training.
 *
 * @example
 * await checkLabels(dataset.labels, 10);
 */
export async function checkLabels(
  labels: Numbers,
  classes: number,
  { ignoredLabel }: CheckLabelsOptions = {},
): Promise<void> {
  const values = await valuesOf(labels);
  for (let index = 0; index < values.length; index++) {
    const label = values[index]!;
    if (label === ignoredLabel || (Number.isInteger(label) && label >= 0 && label < classes)) continue;
    const orIgnored = ignoredLabel === undefined ? '' : `, or ${ignoredLabel} for none`;
    throw new RangeError(
      `label ${label} at position ${index} must be an integer from 0 to ${classes - 1}${orIgnored}`,
    );
  }
}

/**
 * Rejects with a RangeError unless class weights are finite, at least 0 and not all 0.
 *
 * @example
 * await checkClassWeights(weights);
 */
export async function checkClassWeights(weights: Numbers): Promise<void> {
  const values = await valuesOf(weights);
  let total = 0;
  for (let index = 0; index < values.length; index++) {
    const weight = values[index]!;
    if (!Number.isFinite(weight) || weight < 0) {
      throw new RangeError(
        `class weight ${weight} at position ${index} must be a finite number of at least 0`,
      );
    }
    total += weight;
  }
  if (total === 0)
    throw new RangeError(`all ${values.length} class weights are 0, so nothing would be learned`);
}

/**
 * Rejects with a RangeError unless every row has length 1 (to 0.001): what `fixedUnitPrototypes` promises.
 *
 * @example
 * await checkUnitRows('prototypes', prototypes);
 */
export async function checkUnitRows(name: string, rows: Tensor2D): Promise<void> {
  checkMatrix(name, rows);
  const width = rows.shape[1];
  const values = await rows.data();
  for (let row = 0; row < rows.shape[0]; row++) {
    const length = Math.hypot(...values.subarray(row * width, (row + 1) * width));
    if (Math.abs(length - 1) <= 1e-3) continue;
    throw new RangeError(`row ${row} of ${name} has length ${length}, and must have 1; see normaliseRows`);
  }
}
