import {
  add,
  cast,
  matMul,
  mod,
  oneHot,
  randomNormal,
  range,
  type Rank,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';

/** Points around one centre for each class. */
export interface Blobs {
  /** `[examples, 8]` */
  readonly points: Tensor2D;
  /** int32 `[examples]` */
  readonly labels: Tensor1D;
}

/** A data set that is learned in a second: noisy points around 4 centres in 8 dimensions. */
export function blobs(examples: number, seed: number): Blobs {
  return tidy(() => {
    const labels = cast<Tensor1D>(mod(range(0, examples), 4), 'int32');
    const centres = randomNormal<Rank.R2>([4, 8], 0, 1, 'float32', 7);
    const noise = randomNormal<Rank.R2>([examples, 8], 0, 0.4, 'float32', seed);
    const ofClass = matMul<Tensor2D>(oneHot(labels, 4, 1, 0, 'float32'), centres);
    return { points: add<Tensor2D>(ofClass, noise), labels };
  });
}
