import { gather, type Tensor1D, tensor2d, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { checkLabelTensor } from './check-shapes.js';

/**
 * How far a rank is from the true one: by name, or a function of two ranks (from 0) whose value is at least 0 and
 * smallest where they are equal.
 */
export type OrdinalDistance =
  'absolute' | 'squared' | 'squared-log' | ((trueRank: number, rank: number) => number);

/** Options of `ordinalSoftLabels`. */
export interface OrdinalOptions {
  /**
   * Default `'absolute'`: |t - k|. `'squared'`: (t - k)^2. `'squared-log'`: (log(t + 1) - log(k + 1))^2, so that ranks
   * far up count as closer. Or a function.
   */
  readonly distance?: OrdinalDistance;
}

const distances = {
  absolute: (trueRank: number, rank: number) => Math.abs(trueRank - rank),
  squared: (trueRank: number, rank: number) => (trueRank - rank) ** 2,
  'squared-log': (trueRank: number, rank: number) => Math.log((trueRank + 1) / (rank + 1)) ** 2,
};

/**
 * The soft label of every rank, `[classes, classes]` row-major, computed on the host: row t holds
 * `exp(-d(t, k)) / sum_j exp(-d(t, j))`. For training loops, put it on the device once and `gather` rows.
 *
 * @throws {RangeError} if there are fewer than 2 classes, the distance is unknown, or a distance is not a finite
 * number of at least 0
 */
export function ordinalSoftLabelTable(
  classes: number,
  { distance = 'absolute' }: OrdinalOptions = {},
): Float32Array {
  if (!Number.isInteger(classes) || classes < 2) {
    throw new RangeError(`classes must be an integer of at least 2, and is ${classes}`);
  }
  const named = Object.hasOwn(distances, distance as string)
    ? distances[distance as keyof typeof distances]
    : undefined;
  const measure = typeof distance === 'function' ? distance : named;
  if (measure === undefined) {
    throw new RangeError(
      `distance must be a function or one of ${Object.keys(distances).join(', ')}, not ${JSON.stringify(distance)}`,
    );
  }
  const table = new Float32Array(classes * classes);
  for (let trueRank = 0; trueRank < classes; trueRank++) {
    const row = Array.from({ length: classes }, (_, rank) => {
      const value = measure(trueRank, rank);
      if (Number.isFinite(value) && value >= 0) return value;
      throw new RangeError(
        `distance(${trueRank}, ${rank}) is ${value}, and must be a finite number of at least 0`,
      );
    });
    const nearest = Math.min(...row);
    const weights = row.map((value) => Math.exp(nearest - value));
    const total = weights.reduce((left, right) => left + right);
    weights.forEach((weight, rank) => {
      table[trueRank * classes + rank] = weight / total;
    });
  }
  return table;
}

/**
 * Labels of ordered classes as distributions that give near ranks their share (SORD):
 * `y_k = exp(-d(t, k)) / sum_j exp(-d(t, j))`.
 *
 * @param labels - int32 `[batch]`, ranks from 0 to classes - 1
 * @param classes - how many ranks there are, at least 2
 * @returns `[batch, classes]`, rows sum to 1
 * @throws {RangeError} as `ordinalSoftLabelTable`, or if labels are not a vector
 * @throws {TypeError} if labels are not int32
 * @see Diaz and Marathe, Soft Labels for Ordinal Regression, CVPR 2019, equation 2
 * @example
 * ordinalCrossEntropy(logits, ordinalSoftLabels(labels, 8, { distance: 'squared' }));
 */
export function ordinalSoftLabels(labels: Tensor1D, classes: number, options: OrdinalOptions = {}): Tensor2D {
  checkLabelTensor(labels);
  const table = ordinalSoftLabelTable(classes, options);
  return tidy(() => gather(tensor2d(table, [classes, classes]), labels));
}
