import { square, sub, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { checkMatrix, checkSameShape } from './check-shapes.js';
import { cosineSimilarity } from './cosine-similarity.js';
import { ofNothing } from './of-nothing.js';

/**
 * The loss of hyperspherical prototype networks: `(1 - cos(z_i, p_i))^2` for an output `z_i` and the prototype `p_i`
 * of its class.
 *
 * Outputs and targets are normalised here. A zero vector has cosine 0, so loss 1, and gradient 0.
 *
 * @param outputs - `[batch, dimensions]`, any length
 * @param targets - each example's prototype, `[batch, dimensions]`: `gather(prototypes, labels)`
 * @returns `[batch]`, from 0 (same direction) to 4 (opposite)
 * @throws {RangeError} if the two are not matrices of one shape
 * @see Mettes, van der Pol and Snoek, Hyperspherical Prototype Networks, NeurIPS 2019, equation 1
 * @example
 * squaredCosineLoss(tensor2d([[0, 2]]), tensor2d([[1, 0]])); // [1]
 */
export function squaredCosineLoss(outputs: Tensor2D, targets: Tensor2D): Tensor1D {
  checkMatrix('outputs', outputs);
  checkSameShape('outputs', outputs, 'targets', targets);
  if (outputs.shape[0] === 0) return ofNothing([outputs, targets], [0]);
  return tidy(() => square(sub(1, cosineSimilarity(outputs, targets))));
}
