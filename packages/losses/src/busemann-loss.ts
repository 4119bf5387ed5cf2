import {
  add,
  div,
  exp,
  expandDims,
  expm1,
  less,
  log,
  log1p,
  mul,
  square,
  sub,
  sum,
  tanh,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import { checkNotNegative } from './check-number.js';
import { checkMatrix, checkSameShape } from './check-shapes.js';
import { normaliseRows } from './normalise-rows.js';
import { ownGradient } from './own-gradient.js';

/** Options of `busemannLoss`. */
export interface BusemannOptions {
  /** The paper's phi, at least 0: what confidence (nearness to the edge of the ball) costs. Default 0.1 x dimensions. */
  readonly penalty?: number;
}

/**
 * The penalised Busemann loss of hyperbolic learning with ideal prototypes: `2 log|g - p| - (1 + phi) log(1 - |g|^2)`,
 * where p is the prototype, a point at infinity on the edge of the Poincare ball, and `g = tanh(|z|) z / |z|` is the
 * output z taken into the ball (the exponential map at the origin, curvature -1).
 *
 * Outputs are not normalised: their length is what confidence is read from. Targets are normalised and get no
 * gradient. The value is computed from z, not from g, so that it stays exact where g would round to the edge; at
 * z = 0 it is 0, with gradient -2 p.
 *
 * @param outputs - `[batch, dimensions]`, any length
 * @param targets - each example's prototype, `[batch, dimensions]`
 * @returns `[batch]`; negative near the prototype
 * @throws {RangeError} if a shape does not fit or the penalty is negative
 * @see Ghadimi Atigh, Keller-Ressel and Mettes, Hyperbolic Busemann Learning with Ideal Prototypes, NeurIPS 2021
 * @example
 * busemannLoss(outputs, gather(prototypes, labels));
 */
export function busemannLoss(outputs: Tensor2D, targets: Tensor2D, options: BusemannOptions = {}): Tensor1D {
  checkMatrix('outputs', outputs);
  checkSameShape('outputs', outputs, 'targets', targets);
  const { penalty = 0.1 * outputs.shape[1] } = options;
  checkNotNegative('penalty', penalty);
  return tidy(() => {
    const prototypes = normaliseRows(targets);
    return ownGradient<Tensor1D>([outputs], {
      forward: (save) => {
        const unit = normaliseRows(outputs);
        const length = sum<Tensor2D>(mul(outputs, unit), -1, true);
        // With r = |z|, c = cos(z, p): log(|g - p|^2 / (1 - |g|^2)) = log(cosh 2r - c sinh 2r) = 2r + log(fraction).
        const apart = div(sum<Tensor2D>(square(sub(unit, prototypes)), -1, true), 4);
        const decay = exp(mul(length, -4));
        const fraction = add(apart, mul(sub(1, apart), decay));
        const busemann = add(mul(length, 2), log(fraction));
        // -log(1 - |g|^2) = 2 log cosh r
        const confidence = mul(add(length, sub(log1p(exp(mul(length, -2))), Math.LN2)), 2);
        save([unit, prototypes, length, apart, decay, fraction]);
        return sum(add(busemann, mul(confidence, penalty)), -1);
      },
      backward: (gradient, saved) => {
        const [unit, ideal, length, apart, decay, fraction] = saved as [
          Tensor,
          Tensor,
          Tensor,
          Tensor,
          Tensor,
          Tensor,
        ];
        const slope = slopeOfLength(length);
        const towards = div(slope, fraction);
        const radial = div(mul(2, sub(apart, mul(decay, sub(1, apart)))), fraction);
        const cosine = sum(mul(unit, ideal), -1, true);
        const alongUnit = add(add(radial, mul(cosine, towards)), mul(tanh(length), 2 * penalty));
        const ofOutputs = sub(mul(alongUnit, unit), mul(towards, ideal));
        return [mul(ofOutputs, expandDims(gradient, -1))];
      },
    });
  });
}

/** `(1 - exp(-4 r)) / 2 r`, by its series near 0, where WebGL's `expm1` is `exp - 1` and has no digits left. */
function slopeOfLength(length: Tensor): Tensor {
  const isSmall = less(length, 0.01);
  const series = add(2, mul(length, add(-4, mul(length, add(16 / 3, mul(length, -16 / 3))))));
  return where(isSmall, series, div(expm1(mul(length, -4)), mul(where(isSmall, 1, length), -2)));
}
