import { neg, onesLike, sub, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { checkMargin, type MarginSize } from './margin-of-labels.js';
import { type CosineClassesOptions, marginSoftmax } from './margin-softmax.js';
import type { MarginChange } from './softmax-of-cosines.js';

/** Options of `cosFaceLoss`. */
export interface CosFaceOptions extends CosineClassesOptions {
  /** What cosines are multiplied by before softmax. Default 64, the paper's. */
  readonly scale?: number;
  /** What the cosine of the right class must exceed the others by; one number or one a class. Default 0.35, the paper's. */
  readonly margin?: MarginSize;
}

/**
 * CosFace, the additive cosine margin: cross entropy of softmax over `s (cos(z_i, p_y) - m)` for the right class and
 * `s cos(z_i, p_k)` for the others.
 *
 * Outputs and prototypes are normalised here; a zero output has cosine 0 with every class and gradient 0.
 *
 * @param outputs - `[batch, dimensions]`, any length
 * @param labels - int32 `[batch]`, from 0 to classes - 1
 * @returns `[batch]`
 * @throws {RangeError} if a shape does not fit, the scale is not above 0 or the margin is negative
 * @see Wang et al., CosFace, CVPR 2018, equation 4
 * @example
 * cosFaceLoss(outputs, labels, { prototypes, scale: 64, margin: 0.35 });
 */
export function cosFaceLoss(outputs: Tensor2D, labels: Tensor1D, options: CosFaceOptions): Tensor1D {
  const { scale = 64, margin = 0.35 } = options;
  checkMargin(margin, options.prototypes.shape[0]);
  return marginSoftmax(outputs, labels, { ...options, scale }, { size: margin, change: cosineMargin });
}

/** The margin of CosFace: `cos(theta) - m`. */
export const cosineMargin: MarginChange = ({ cosine }, margin) => ({
  value: sub(cosine, margin),
  slope: onesLike(cosine),
  slopeOfMargin: neg(onesLike(cosine)),
});
