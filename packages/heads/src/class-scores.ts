import {
  cast,
  argMax,
  oneHot,
  square,
  sub,
  sum,
  mul,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';

/** The label of the largest score, the lowest on a tie: int32 `[batch]`. */
export function largestScore(scores: Tensor2D): Tensor1D {
  return argMax<Tensor1D>(scores, -1);
}

/** `(1 - c_y)^2` of cosines `[batch, classes]`. */
export function squaredCosineOfScores(cosines: Tensor2D, labels: Tensor1D): Tensor1D {
  return tidy(() => {
    // Cast: TensorFlow.js's WebAssembly kernel writes integer ones whatever type is asked for.
    const isLabel = cast(oneHot(labels, cosines.shape[1]), 'float32');
    return square(sub(1, sum<Tensor1D>(mul(cosines, isLabel), -1)));
  });
}
