import {
  add,
  cos,
  div,
  greater,
  lessEqual,
  maximum,
  mul,
  neg,
  scalar,
  sin,
  sqrt,
  sub,
  type Tensor1D,
  type Tensor2D,
  where,
} from '@tensorflow/tfjs-core';
import { checkMargin, type MarginSize } from './margin-of-labels.js';
import { type CosineClassesOptions, marginSoftmax } from './margin-softmax.js';
import type { MarginChange } from './softmax-of-cosines.js';

/** Options of `arcFaceLoss`. */
export interface ArcFaceOptions extends CosineClassesOptions {
  /** What cosines are multiplied by before softmax. Default 64, the paper's. */
  readonly scale?: number;
  /**
   * The angle, in radians, that is added to the one with the right class; one number or one a class, from 0 to below
   * pi. Default 0.5, the paper's.
   */
  readonly margin?: MarginSize;
}

/** The sine's square is held above this: angles to 1e-7, float32's resolution, are concerned. */
const smallestSquaredSine = 1e-14;

/**
 * ArcFace, the additive angular margin: cross entropy of softmax over `s cos(theta_y + m)` for the right class and
 * `s cos(theta_k)` for the others, theta the angle between output and prototype.
 *
 * `cos(theta + m) = c cos m - sin m sqrt(max(1 - c^2, 1e-14))`, so that cosines of +-1 have finite gradients. Where
 * theta + m passes pi, `c - m sin m` takes its place, so that the value goes on falling with the cosine; there it jumps
 * by `cos m + m sin m - 1` (0.117 for 0.5), as in the authors' program. Outputs and prototypes are normalised here; a
 * zero output has cosine 0 with every class and gradient 0.
 *
 * @param outputs - `[batch, dimensions]`, any length
 * @param labels - int32 `[batch]`, from 0 to classes - 1
 * @returns `[batch]`
 * @throws {RangeError} if a shape does not fit, the scale is not above 0 or the margin is not from 0 to below pi
 * @see Deng et al., ArcFace, CVPR 2019, equation 3
 * @example
 * arcFaceLoss(outputs, labels, { prototypes, scale: 64, margin: 0.5 });
 */
export function arcFaceLoss(outputs: Tensor2D, labels: Tensor1D, options: ArcFaceOptions): Tensor1D {
  const { scale = 64, margin = 0.5 } = options;
  checkMargin(margin, options.prototypes.shape[0], Math.PI);
  return marginSoftmax(outputs, labels, { ...options, scale }, { size: margin, change: angularMargin });
}

/** The margin of ArcFace: `cos(theta + m)`, and past pi its continuation. */
export const angularMargin: MarginChange = ({ cosine, squaredSine }, margin) => {
  // JavaScript's are exact, those of a graphics processor need not be.
  const cosM = typeof margin === 'number' ? scalar(Math.cos(margin)) : cos(margin);
  const sinM = typeof margin === 'number' ? scalar(Math.sin(margin)) : sin(margin);
  const sine = sqrt(maximum(squaredSine, smallestSquaredSine));
  const isPast = lessEqual(cosine, neg(cosM));
  const ofSine = where(greater(squaredSine, smallestSquaredSine), div(cosine, sine), 0);
  return {
    value: where(isPast, sub(cosine, mul(margin, sinM)), sub(mul(cosine, cosM), mul(sine, sinM))),
    slope: where(isPast, 1, add(mul(ofSine, sinM), cosM)),
    slopeOfMargin: neg(where(isPast, add(sinM, mul(margin, cosM)), add(mul(cosine, sinM), mul(sine, cosM)))),
  };
};
