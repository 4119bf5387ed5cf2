import { div, mean, type Scalar, sum, type Tensor1D, tidy, where, greater } from '@tensorflow/tfjs-core';
import { checkVector } from './check-shapes.js';

/** How the values of a batch become one number. */
export type Reduction = 'mean' | 'sum';

/** What a weighted mean divides by. */
export interface ReduceOptions {
  /**
   * The weights that the values already carry (see `exampleWeights`), `[batch]`, for `'mean'`: the sum is divided by
   * the sum of these instead of the size of the batch. A batch whose weights sum to 0 has mean 0.
   */
  readonly weights?: Tensor1D;
}

/**
 * One number for a batch: the mean of its values (independent of the batch size), or their sum (as the code released
 * with hyperspherical prototype networks does).
 *
 * @param values - `[batch]`: what a loss returned
 * @throws {RangeError} if `values` or `weights` are not vectors of one size, or `reduction` is neither word
 * @example
 * reduce(squaredCosineLoss(outputs, targets), 'mean');
 */
export function reduce(values: Tensor1D, reduction: Reduction, { weights }: ReduceOptions = {}): Scalar {
  checkVector('values', values);
  if (weights !== undefined) checkVector('weights', weights, values.shape[0]);
  switch (reduction) {
    case 'sum':
      return sum<Scalar>(values);
    case 'mean':
      if (weights === undefined) return mean<Scalar>(values);
      return tidy(() => {
        const total = sum(weights);
        return div<Scalar>(sum(values), where(greater(total, 0), total, 1));
      });
    default:
      throw new RangeError(`reduction must be 'mean' or 'sum', not ${JSON.stringify(reduction)}`);
  }
}
