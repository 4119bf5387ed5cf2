import {
  abs,
  add,
  div,
  lessEqual,
  max,
  mul,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  where,
} from '@tensorflow/tfjs-core';
import { checkMatrix } from './check-shapes.js';
import { ofNothing } from './of-nothing.js';
import { ownGradient } from './own-gradient.js';

/** A row whose largest magnitude is not above this counts as the zero vector: its gradient would leave float32. */
const smallestMagnitude = 1e-30;

/**
 * Each row divided by its Euclidean length: points on the unit sphere.
 *
 * A row is first divided by its largest magnitude, so that squares neither overflow nor vanish: rows with magnitudes
 * from 1e-30 to 3e38 come out unit. Smaller rows count as zero vectors: they become zero rows, with gradient zero
 * (not NaN). A row with NaN or Infinity becomes NaN, so that a diverged network shows.
 *
 * @param rows - `[batch, dimensions]`, any length
 * @returns `[batch, dimensions]`, rows of length 1 (or 0)
 * @throws {RangeError} if `rows` is not a matrix
 * @example
 * normaliseRows(tensor2d([[3, 4]])); // [[0.6, 0.8]]
 */
export function normaliseRows(rows: Tensor2D): Tensor2D {
  checkMatrix('rows', rows);
  if (rows.shape[0] === 0) return ofNothing([rows], rows.shape);
  return ownGradient<Tensor2D>([rows], {
    forward: (save) => {
      const largest = max(abs(rows), -1, true);
      // "Not above" instead of "below": NaN must not pass for zero.
      const isZero = lessEqual(largest, smallestMagnitude);
      const divisor = where(isZero, 1, largest);
      const scaled = div(rows, divisor);
      const inverse = where(isZero, 0, div(1, sqrt(sum(square(scaled), -1, true))));
      // WebGL's Infinity / Infinity is 1: Infinity * 0 is NaN there, too.
      const inverseLength = add(inverse, mul(largest, 0));
      const unit = mul<Tensor2D>(scaled, inverseLength);
      save([unit, div(inverseLength, divisor)]);
      return unit;
    },
    // d(x / |x|) = (I - u u') dx / |x|
    backward: (gradient, saved) => {
      const [unit, inverseLength] = saved as [Tensor, Tensor];
      const alongTheRow = mul(unit, sum(mul(unit, gradient), -1, true));
      return [mul(sub(gradient, alongTheRow), inverseLength)];
    },
  });
}
