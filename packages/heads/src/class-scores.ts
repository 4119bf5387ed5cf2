import { argMax, square, sub, sum, mul, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { oneHotRows } from './one-hot-rows.js';

/** The label of the largest score, the lowest on a tie: int32 `[batch]`. */
export function largestScore(scores: Tensor2D): Tensor1D {
  return argMax<Tensor1D>(scores, -1);
}

/** `(1 - c_y)^2` of cosines `[batch, classes]`. */
export function squaredCosineOfScores(cosines: Tensor2D, labels: Tensor1D): Tensor1D {
  return tidy(() => {
    const isLabel = oneHotRows(labels, cosines.shape[1]);
    return square(sub(1, sum<Tensor1D>(mul(cosines, isLabel), -1)));
  });
}
