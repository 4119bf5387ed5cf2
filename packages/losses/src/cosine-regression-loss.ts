import { mul, reshape, square, sub, sum, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { checkMatrix, checkVector } from './check-shapes.js';
import { normaliseRows } from './normalise-rows.js';
import { ofNothing } from './of-nothing.js';

/** What `cosineRegressionLoss` measures angles from. */
export interface CosineRegressionOptions {
  /** The upper pole, `[dimensions]`: the direction that means the target 1. Any length; its opposite means -1. */
  readonly pole: Tensor1D;
}

/**
 * The regression loss of hyperspherical prototype networks: `(r_i - cos(z_i, pole))^2`.
 *
 * Outputs and pole are normalised here; targets are not: bring them to -1..1 first with
 * `r = 2 (y - lower) / (upper - lower) - 1`. A zero output has cosine 0 and gradient 0.
 *
 * @param outputs - `[batch, dimensions]`, any length
 * @param targets - `[batch]`, each from -1 to 1
 * @returns `[batch]`, from 0 to 4
 * @throws {RangeError} if a shape does not fit
 * @see Mettes, van der Pol and Snoek, Hyperspherical Prototype Networks, NeurIPS 2019, section 2.2
 * @example
 * cosineRegressionLoss(tensor2d([[0, 2]]), tensor1d([0.5]), { pole: tensor1d([1, 0]) }); // [0.25]
 */
export function cosineRegressionLoss(
  outputs: Tensor2D,
  targets: Tensor1D,
  { pole }: CosineRegressionOptions,
): Tensor1D {
  checkMatrix('outputs', outputs);
  const [batch, dimensions] = outputs.shape;
  checkVector('targets', targets, batch);
  checkVector('pole', pole, dimensions);
  if (outputs.shape[0] === 0) return ofNothing([outputs, targets, pole], [0]);
  return tidy(() => {
    const direction = normaliseRows(reshape(pole, [1, dimensions]));
    const cosine = sum<Tensor1D>(mul(normaliseRows(outputs), direction), -1);
    return square(sub(targets, cosine));
  });
}
