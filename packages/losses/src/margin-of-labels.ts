import { expandDims, gather, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import { checkNotNegative } from './check-number.js';
import { checkVector } from './check-shapes.js';

/** One margin for all classes, or one each, `[classes]`: larger for rare classes, say. */
export type MarginSize = number | Tensor1D;

/** Throws unless a single margin is at least 0 and below `limit`; one for each class must be `[classes]`. */
export function checkMargin(margin: MarginSize, classes: number | undefined, limit?: number): void {
  if (typeof margin === 'number') checkNotNegative('margin', margin, limit);
  else checkVector('margin', margin, classes);
}

/** The margin of each label, as a number or `[rows, 1]`. */
export function marginOfLabels(margin: MarginSize, labels: Tensor1D): number | Tensor {
  return typeof margin === 'number' ? margin : expandDims(gather(margin, labels), -1);
}
