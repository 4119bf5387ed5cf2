import { mul, sum, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { checkMatrix, checkSameShape } from './check-shapes.js';
import { normaliseRows } from './normalise-rows.js';
import { ofNothing } from './of-nothing.js';

/**
 * The cosine of the angle between each row and its partner. Rows may have any length: both sides are normalised here.
 *
 * A zero vector has cosine 0 with everything, and gradient 0; see `normaliseRows`.
 *
 * @param rows - `[batch, dimensions]`
 * @param others - `[batch, dimensions]`
 * @returns `[batch]`, from -1 to 1 (up to float32 rounding)
 * @throws {RangeError} if the two are not matrices of one shape
 * @example
 * cosineSimilarity(tensor2d([[1, 0]]), tensor2d([[5, 5]])); // [0.7071]
 */
export function cosineSimilarity(rows: Tensor2D, others: Tensor2D): Tensor1D {
  checkMatrix('rows', rows);
  checkSameShape('rows', rows, 'others', others);
  if (rows.shape[0] === 0) return ofNothing([rows, others], [0]);
  return tidy(() => sum<Tensor1D>(mul(normaliseRows(rows), normaliseRows(others)), -1));
}
