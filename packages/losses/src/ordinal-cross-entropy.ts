import {
  equal,
  exp,
  expandDims,
  log,
  logicalAnd,
  max,
  mul,
  neg,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  where,
} from '@tensorflow/tfjs-core';
import { checkMatrix, checkSameShape } from './check-shapes.js';
import { ofNothing } from './of-nothing.js';
import { ownGradient } from './own-gradient.js';

/**
 * Cross entropy with a distribution for each example: `-sum_k y_k log softmax(x)_k`.
 *
 * Nothing is normalised: soft labels should sum to 1. Both arguments get their true gradient, the soft labels'
 * being `-log softmax(x)`; 0 for a class with a logit of -Infinity that they give no share.
 *
 * @param logits - `[batch, classes]`
 * @param softLabels - `[batch, classes]`, see `ordinalSoftLabels`
 * @returns `[batch]`, at least the entropy of the soft labels
 * @throws {RangeError} if the two are not matrices of one shape
 * @see Diaz and Marathe, Soft Labels for Ordinal Regression, CVPR 2019
 * @example
 * ordinalCrossEntropy(logits, ordinalSoftLabels(labels, 8));
 */
export function ordinalCrossEntropy(logits: Tensor2D, softLabels: Tensor2D): Tensor1D {
  checkMatrix('logits', logits);
  checkSameShape('logits', logits, 'softLabels', softLabels);
  if (logits.shape[0] === 0) return ofNothing([logits, softLabels], [0]);
  return ownGradient<Tensor1D>([logits, softLabels], {
    forward: (save) => {
      const shifted = sub(logits, max(logits, -1, true));
      const logProbabilities = sub(shifted, log(sum(exp(shifted), -1, true)));
      save([logProbabilities, softLabels]);
      // 0 * -Infinity is 0 here: a class that is ruled out and not asked for.
      return neg(sum<Tensor1D>(where(equal(softLabels, 0), 0, mul(softLabels, logProbabilities)), -1));
    },
    backward: (gradient, saved) => {
      const [logProbabilities, labels] = saved as [Tensor, Tensor];
      const factor = expandDims(gradient, -1);
      const difference = sub(mul(exp(logProbabilities), sum(labels, -1, true)), labels);
      const isRuledOut = logicalAnd(equal(labels, 0), equal(logProbabilities, -Infinity));
      return [mul(difference, factor), mul(where(isRuledOut, 0, neg(logProbabilities)), factor)];
    },
  });
}
