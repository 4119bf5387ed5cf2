import {
  abs,
  cast,
  equal,
  mean,
  type Scalar,
  sub,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';

/**
 * The share of labels that were predicted, from 0 to 1.
 *
 * @param predictions - `head.predict(outputs)`, int32 `[batch]`
 * @param labels - int32 `[batch]`
 * @example
 * accuracy(head.predict(outputs), labels);
 */
export function accuracy(predictions: Tensor1D, labels: Tensor1D): Scalar {
  return tidy(() => mean<Scalar>(cast(equal(predictions, labels), 'float32')));
}

/**
 * The mean absolute error, in the targets' own unit; over targets, too, when there are several.
 *
 * @param predictions - `head.predict(outputs)`
 * @param targets - of the same shape
 * @example
 * meanAbsoluteError(head.predict(outputs), years);
 */
export function meanAbsoluteError(predictions: Tensor1D | Tensor2D, targets: Tensor1D | Tensor2D): Scalar {
  return tidy(() => mean<Scalar>(abs(sub(predictions, targets))));
}
