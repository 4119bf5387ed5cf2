import { div, mul, square, sub, sum, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { checkPositive } from './check-number.js';
import { checkMatrix, checkSameShape } from './check-shapes.js';
import { cosineSimilarity } from './cosine-similarity.js';
import { ofNothing } from './of-nothing.js';

/** Options of `dotRegressionLoss`. */
export interface DotRegressionOptions {
  /** The length that outputs are brought to, the paper's sqrt(E_H), above 0. Default 1. */
  readonly outputLength?: number;
  /** The length that targets are brought to, the paper's sqrt(E_W), above 0. Default 1. */
  readonly targetLength?: number;
  /** Default true. False: rows are used as they come, and the lengths say only what their product should be. */
  readonly normalise?: boolean;
}

/**
 * The dot-regression loss for fixed, maximally separated classifiers: `(w_y h - a b)^2 / (2 a b)`, with h the output,
 * w_y the class vector, a and b their lengths. With both lengths 1 it is half of `squaredCosineLoss`.
 *
 * Outputs and targets are normalised here, then scaled to the two lengths, unless `normalise` is false.
 *
 * @param outputs - `[batch, dimensions]`
 * @param targets - each example's class vector, `[batch, dimensions]`
 * @returns `[batch]`, 0 or more
 * @throws {RangeError} if a shape does not fit or a length is not above 0
 * @see Yang et al., Inducing Neural Collapse in Imbalanced Learning, NeurIPS 2022, equation 8
 * @example
 * dotRegressionLoss(outputs, gather(prototypes, labels));
 */
export function dotRegressionLoss(
  outputs: Tensor2D,
  targets: Tensor2D,
  { outputLength = 1, targetLength = 1, normalise = true }: DotRegressionOptions = {},
): Tensor1D {
  checkMatrix('outputs', outputs);
  checkSameShape('outputs', outputs, 'targets', targets);
  checkPositive('outputLength', outputLength);
  checkPositive('targetLength', targetLength);
  const wanted = outputLength * targetLength;
  checkPositive('outputLength x targetLength', wanted);
  if (outputs.shape[0] === 0) return ofNothing([outputs, targets], [0]);
  return tidy(() => {
    const share = normalise
      ? cosineSimilarity(outputs, targets)
      : div(sum<Tensor1D>(mul(outputs, targets), -1), wanted);
    // Not (dot - wanted)^2, which leaves float32 long before the value does.
    return mul(square(sub(share, 1)), wanted / 2);
  });
}
