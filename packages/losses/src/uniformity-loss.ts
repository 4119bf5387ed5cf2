import {
  concat,
  exp,
  log,
  matMul,
  max,
  minimum,
  mul,
  type Scalar,
  slice,
  sub,
  sum,
  type Tensor2D,
  tidy,
  where,
  add,
  stack,
} from '@tensorflow/tfjs-core';
import { checkPositive } from './check-number.js';
import { checkMatrix } from './check-shapes.js';
import { selfMask } from './contrastive-values.js';
import { normaliseRows } from './normalise-rows.js';
import { ownGradient } from './own-gradient.js';
import { rowBlocks } from './row-blocks.js';

/** Options of `uniformityLoss`. */
export interface UniformityOptions {
  /** How quickly far pairs stop to count, above 0. Default 2, the paper's. */
  readonly t?: number;
}

/**
 * How evenly the outputs spread over the sphere: `log mean_{i<j} exp(-t |u_i - u_j|^2)`; lower is more even.
 *
 * Outputs are normalised here; a zero row counts as at right angles to all others. The `[batch, batch]` matrix exists
 * a block of rows at a time.
 *
 * @param outputs - `[batch, dimensions]`, any length; at least 2 rows
 * @returns a scalar, from -4 t to 0
 * @throws {RangeError} if `outputs` is not a matrix of at least 2 rows, or t is not above 0
 * @see Wang and Isola, Understanding Contrastive Representation Learning through Alignment and Uniformity, ICML 2020
 * @example
 * uniformityLoss(outputs, { t: 2 });
 */
export function uniformityLoss(outputs: Tensor2D, { t = 2 }: UniformityOptions = {}): Scalar {
  checkMatrix('outputs', outputs);
  checkPositive('t', t);
  const [batch] = outputs.shape;
  if (batch < 2) throw new RangeError(`outputs must have at least 2 rows, and have ${batch}`);
  const blocks = rowBlocks(batch, batch);
  // -t |u_i - u_j|^2 = 2 t (cos_ij - 1), and no pair with itself.
  const exponents = (unit: Tensor2D, start: number, size: number) => {
    const cosines = matMul(slice(unit, start, size), unit, false, true);
    return where(selfMask(batch, start, size), -Infinity, mul(sub(cosines, 1), 2 * t));
  };
  return tidy(() => {
    const unit = normaliseRows(outputs);
    return ownGradient<Scalar>([unit], {
      forward: (save) => {
        const sums = blocks.map(({ start, size }) =>
          tidy(() => {
            const values = exponents(unit, start, size);
            const largest = max(values);
            return add<Scalar>(largest, log(sum(exp(sub(values, largest)))));
          }),
        );
        const parts = stack(sums);
        const largest = max(parts);
        const total = add<Scalar>(largest, log(sum(exp(sub(parts, largest)))));
        save([unit, total]);
        return sub<Scalar>(total, Math.log(batch * (batch - 1)));
      },
      // Each pair stands twice in the matrix, once in each order.
      backward: (gradient, saved) => {
        const [rows, total] = saved as [Tensor2D, Scalar];
        const parts = blocks.map(({ start, size }) =>
          tidy(() => {
            // Never above 0. WebGL pads odd matrices with zeros, which must not become Infinity here: matMul reads them.
            const logShares = minimum(sub(exponents(rows, start, size), total), 0);
            return matMul<Tensor2D>(exp(logShares), rows);
          }),
        );
        return [mul(concat(parts), mul(gradient, 4 * t))];
      },
    });
  });
}
