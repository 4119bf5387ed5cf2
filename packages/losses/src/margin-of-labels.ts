import {
  expandDims,
  matMul,
  type Rank,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { checkNotNegative } from './check-number.js';
import { checkVector } from './check-shapes.js';
import { oneHotFloats } from './one-hot-floats.js';

/** One margin for all classes, or one each, `[classes]`: larger for rare classes, say. */
export type MarginSize = number | Tensor1D;

/** Throws unless a single margin is at least 0 and below `limit`; one for each class must be `[classes]`. */
export function checkMargin(margin: MarginSize, classes: number | undefined, limit?: number): void {
  if (typeof margin === 'number') checkNotNegative('margin', margin, limit);
  else checkVector('margin', margin, classes);
}

/** The margin of each label, as a number or `[rows, 1]`. TensorFlow.js's WebAssembly has no gradient of `gather`. */
export function marginOfLabels(margin: MarginSize, labels: Tensor1D): number | Tensor {
  if (typeof margin === 'number') return margin;
  return matMul(oneHotFloats<Rank.R2>(labels, margin.shape[0]), expandDims<Tensor2D>(margin, -1));
}
