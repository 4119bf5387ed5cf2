import {
  div,
  greater,
  mean,
  mul,
  neg,
  onesLike,
  type Rank,
  type Scalar,
  sum,
  type Tensor1D,
  where,
} from '@tensorflow/tfjs-core';
import { checkVector } from './check-shapes.js';
import { ofNothing } from './of-nothing.js';
import { ownGradient } from './own-gradient.js';

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
 * @throws {RangeError} if `values` or `weights` are not vectors of one size, `reduction` is neither word, or there are
 * no values to take a mean of without weights; the sum of an empty batch is 0, and so is its mean with weights
 * @example
 * reduce(squaredCosineLoss(outputs, targets), 'mean');
 */
export function reduce(values: Tensor1D, reduction: Reduction, { weights }: ReduceOptions = {}): Scalar {
  checkVector('values', values);
  if (weights !== undefined) checkVector('weights', weights, values.shape[0]);
  if (reduction === 'mean' && weights === undefined && values.shape[0] === 0) {
    throw new RangeError('values are empty, and have no mean; skip empty batches or reduce by sum');
  }
  // Backends would disagree: the sum of no numbers is whatever is in memory, or fails.
  const ofNone = (): Scalar => ofNothing<Rank.R0>(weights ? [values, weights] : [values], []);
  switch (reduction) {
    case 'sum':
      return values.shape[0] === 0 ? ofNone() : sum<Scalar>(values);
    case 'mean':
      if (weights === undefined) return mean<Scalar>(values);
      return values.shape[0] === 0 ? ofNone() : weightedMean(values, weights);
    default:
      throw new RangeError(`reduction must be 'mean' or 'sum', not ${JSON.stringify(reduction)}`);
  }
}

/** The sum of values over that of weights, 0 where the latter is; tfjs's comparisons have no gradient. */
function weightedMean(values: Tensor1D, weights: Tensor1D): Scalar {
  return ownGradient<Scalar>([values, weights], {
    forward: (save) => {
      const total = sum(weights);
      const share = where(greater(total, 0), div(1, where(greater(total, 0), total, 1)), 0);
      const mean = mul<Scalar>(sum(values), share);
      save([values, share, mean]);
      return mean;
    },
    backward: (gradient, saved) => {
      const [each, share, mean] = saved as [Tensor1D, Scalar, Scalar];
      const ofEach = mul(onesLike(each), mul(gradient, share));
      return [ofEach, mul(ofEach, neg(mean))];
    },
  });
}
