import {
  abs,
  add,
  addN,
  div,
  equal,
  exp,
  expandDims,
  expm1,
  greaterEqual,
  less,
  log,
  log1p,
  logicalOr,
  minimum,
  mul,
  neg,
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
import { ofNothing } from './of-nothing.js';
import { ownGradient } from './own-gradient.js';
import { tangent } from './tangent.js';

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
 * Outputs are not normalised: their length is what confidence is read from. Targets are normalised. Value and
 * gradient are computed from z, not from g, and through logarithms, so that they stay exact where g would round to
 * the edge. At z = 0 the value is 0, with gradient -2 p. An output or target of zero has cosine 0 with everything.
 *
 * Next to the ray to the prototype the gradient across it grows as `exp(2 |z|)`, to 1e35 at most; angles to 1e-30 count
 * as 0.
 *
 * @param outputs - `[batch, dimensions]`, any length
 * @param targets - each example's prototype, `[batch, dimensions]`; they get a gradient if they are trained
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
  if (outputs.shape[0] === 0) return ofNothing([outputs, targets], [0]);
  return tidy(() => {
    const prototypes = normaliseRows(targets);
    return ownGradient<Tensor1D>([outputs, prototypes], {
      forward: (save) => {
        const unit = normaliseRows(outputs);
        const length = minimum(lengths(outputs, unit), largestLength);
        const angleless = logicalOr(equal(lengths(unit, unit), 0), equal(lengths(prototypes, prototypes), 0));
        const logSine = logHalf(sub(unit, prototypes), angleless);
        const logCosine = logHalf(add(unit, prototypes), angleless);
        // With r = |z| and an angle t between z and p: |g - p|^2 / (1 - |g|^2) is the sum of
        // exp(2r) sin^2(t/2) and exp(-2r) cos^2(t/2). This is half the logarithm of what the first has to the second.
        const lead = add(sub(logSine, logCosine), mul(length, 2));
        const isAhead = greaterEqual(lead, 0);
        const logLarger = where(isAhead, logSine, logCosine);
        const rest = log1p(square(exp(neg(abs(lead)))));
        save([unit, prototypes, length, lead, add(logLarger, div(rest, 2))]);
        // 2 log cosh r = 2r + this
        const ofConfidence = mul(sub(log1p(exp(mul(length, -2))), Math.LN2), 2);
        // All multiples of r at once: with a penalty of 1 they cancel on the ray to the prototype.
        const ofLength = mul(length, where(isAhead, 2 * (penalty + 1), 2 * (penalty - 1)));
        return sum(addN([ofLength, mul(logLarger, 2), rest, mul(ofConfidence, penalty)]), -1);
      },
      backward: (gradient, saved) => {
        const [unit, ideal, length, lead, logLarger] = saved as [Tensor, Tensor, Tensor, Tensor, Tensor];
        const radial = mul(add(tanh(lead), mul(tanh(length), penalty)), 2);
        // 1 / sqrt(sin^2 + exp(-4r) cos^2), multiplied twice so that its square need not exist.
        const aheadBy = where(greaterEqual(lead, 0), 0, mul(length, 2));
        const inverse = exp(minimum(sub(aheadBy, logLarger), largestExponent));
        const across = (from: Tensor, to: Tensor) => mul(mul(tangent(from, to), inverse), inverse);
        const factor = expandDims(gradient, -1);
        const slope = slopeOfLength(length);
        const ofOutputs = sub(mul(radial, unit), mul(across(unit, ideal), slope));
        const ofTargets = mul(across(ideal, unit), neg(mul(slope, length)));
        return [mul(ofOutputs, factor), mul(ofTargets, factor)];
      },
    });
  });
}

/** Above this, multiples of a length leave float32. */
const largestLength = 1e37;
/** Angles to 1e-30 count as 0; times exp(75) squared they stay within float32. */
const largestExponent = 75;
/** Stands for log 0, so that no Infinity arises: WebGL does not reliably compute with it. */
const logOfZero = -3e38;

/** The lengths of rows, `[batch, 1]`, from the rows and their directions: their squares might leave float32. */
function lengths(rows: Tensor, unit: Tensor): Tensor {
  return sum(mul(rows, unit), -1, true);
}

/** The logarithm of half the length of each row, `[batch, 1]`; that of a right angle where there is no angle. */
function logHalf(rows: Tensor2D, angleless: Tensor): Tensor {
  const half = where(angleless, Math.SQRT1_2, div(lengths(rows, normaliseRows(rows)), 2));
  const isZero = equal(half, 0);
  return where(isZero, logOfZero, log(where(isZero, 1, half)));
}

/** `(1 - exp(-4 r)) / 2 r`, by its series near 0, where WebGL's `expm1` is `exp - 1` and has no digits left. */
function slopeOfLength(length: Tensor): Tensor {
  const isSmall = less(length, 0.01);
  const series = add(2, mul(length, add(-4, mul(length, add(16 / 3, mul(length, -16 / 3))))));
  return where(isSmall, series, div(expm1(mul(length, -4)), mul(where(isSmall, 1, length), -2)));
}
