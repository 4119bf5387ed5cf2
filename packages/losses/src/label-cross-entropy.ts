import {
  add,
  exp,
  expm1,
  log1p,
  max,
  mul,
  neg,
  reshape,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  where,
} from '@tensorflow/tfjs-core';

/** `-log softmax(logits)` of each row's label, and what its gradient needs. */
export interface LabelCrossEntropy {
  /** `[rows]` */
  readonly values: Tensor1D;
  /** `[rows, classes]` */
  readonly probabilities: Tensor;
  /** 1 minus the probability of the label, `[rows, 1]`: added up from the others, so that it is exact near 0. */
  readonly missing: Tensor;
}

/**
 * Cross entropy with class numbers. A logit may be -Infinity, unless it is that of the label.
 *
 * @param isLabel - bool `[rows, classes]`, true once a row
 */
export function labelCrossEntropy(logits: Tensor2D, isLabel: Tensor): LabelCrossEntropy {
  const shifted = sub(logits, max(logits, -1, true));
  // Picked by `where`, since 0 * -Infinity would be NaN.
  const ofLabel = sum(where(isLabel, shifted, 0), -1, true);
  const ofOthers = sum(where(isLabel, 0, exp(shifted)), -1, true);
  const logSum = log1p(add(expm1(ofLabel), ofOthers));
  return {
    values: reshape(sub(logSum, ofLabel), [logits.shape[0]]),
    probabilities: exp(sub(shifted, logSum)),
    missing: mul(ofOthers, exp(neg(logSum))),
  };
}
