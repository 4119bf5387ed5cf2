import {
  lessEqual,
  mul,
  pow,
  square,
  sub,
  sum,
  type Tensor1D,
  type Tensor2D,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import { checkPositive } from './check-number.js';
import { checkMatrix, checkSameShape } from './check-shapes.js';
import { normaliseRows } from './normalise-rows.js';
import { ofNothing } from './of-nothing.js';
import { ownGradient } from './own-gradient.js';

/** Options of `alignmentLoss`. */
export interface AlignmentOptions {
  /** The power of the distance, above 0 and at most 100. Default 2, the paper's. */
  readonly alpha?: number;
}

/** Squared distances up to this count as 0: a power below 2 has no derivative there. */
const sameDirection = 1e-14;

/**
 * How far apart the two views of each example lie on the sphere: `|u_i - v_i|^alpha`.
 *
 * Both sides are normalised here. Views in the same direction have value 0 and gradient 0 for every alpha.
 *
 * @param outputs - `[batch, dimensions]`, any length
 * @param others - `[batch, dimensions]`, row by row the partners
 * @returns `[batch]`, from 0 to 2^alpha
 * @throws {RangeError} if a shape does not fit or alpha is not above 0 and at most 100
 * @see Wang and Isola, Understanding Contrastive Representation Learning through Alignment and Uniformity, ICML 2020
 * @example
 * alignmentLoss(outputs, others, { alpha: 2 });
 */
export function alignmentLoss(
  outputs: Tensor2D,
  others: Tensor2D,
  { alpha = 2 }: AlignmentOptions = {},
): Tensor1D {
  checkMatrix('outputs', outputs);
  checkSameShape('outputs', outputs, 'others', others);
  checkPositive('alpha', alpha);
  // 2^alpha is the largest value.
  if (alpha > 100) throw new RangeError(`alpha must be at most 100, and is ${alpha}`);
  if (outputs.shape[0] === 0) return ofNothing([outputs, others], [0]);
  return tidy(() => {
    const squared = sum<Tensor1D>(square(sub(normaliseRows(outputs), normaliseRows(others))), -1);
    return alpha === 2 ? squared : power(squared, alpha / 2);
  });
}

/** `squared ^ exponent`, with value and derivative 0 at 0. */
function power(squared: Tensor1D, exponent: number): Tensor1D {
  return ownGradient<Tensor1D>([squared], {
    forward: (save) => {
      save([squared]);
      return where(lessEqual(squared, sameDirection), 0, pow<Tensor1D>(squared, exponent));
    },
    backward: (gradient, saved) => {
      const [base] = saved as [Tensor1D];
      const isZero = lessEqual(base, sameDirection);
      const slope = mul(pow(where(isZero, 1, base), exponent - 1), exponent);
      return [where(isZero, 0, mul(gradient, slope))];
    },
  });
}
