import { mean, squaredDifference, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { checkMatrix, checkSameShape } from './check-shapes.js';
import { ofNothing } from './of-nothing.js';

/**
 * The squared error of each example, averaged over its targets when there are several:
 * `mean_j (x_ij - t_ij)^2`. Nothing is normalised.
 *
 * @param outputs - `[batch]` or `[batch, targets]`
 * @param targets - of the same shape
 * @returns `[batch]`, 0 or more
 * @throws {RangeError} if the shapes differ or are neither vectors nor matrices
 * @example
 * squaredError(tensor1d([1, 2]), tensor1d([1, 5])); // [0, 9]
 */
export function squaredError(outputs: Tensor1D | Tensor2D, targets: Tensor1D | Tensor2D): Tensor1D {
  checkSameShape('outputs', outputs, 'targets', targets);
  if (outputs.rank > 2 || outputs.rank < 1) {
    throw new RangeError(
      `outputs must be a vector or a matrix; their shape is [${outputs.shape.join(', ')}]`,
    );
  }
  if (outputs.shape[0] === 0) return ofNothing([outputs, targets], [0]);
  if (outputs.rank === 1) return squaredDifference<Tensor1D>(outputs, targets);
  checkMatrix('outputs', outputs);
  return tidy(() => mean<Tensor1D>(squaredDifference(outputs, targets), -1));
}
