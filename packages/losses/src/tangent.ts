import { mul, sub, sum, type Tensor } from '@tensorflow/tfjs-core';

/**
 * The part of unit rows `to` at right angles to unit rows `from`: `to - cos(from, to) from`. It is computed from their
 * difference, so that it stays exact where they nearly agree.
 */
export function tangent(from: Tensor, to: Tensor): Tensor {
  const difference = sub(to, from);
  return sub(difference, mul(from, sum(mul(from, difference), -1, true)));
}
