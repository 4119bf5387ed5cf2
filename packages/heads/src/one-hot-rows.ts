import { cast, oneHot, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * A 1 at each label and 0 elsewhere in float32, `[labels, columns]`.
 *
 * Integers are made first: TensorFlow.js's WebAssembly kernel writes integers, whatever type `oneHot` is asked for.
 */
export function oneHotRows(labels: Tensor1D, columns: number): Tensor2D {
  return cast(oneHot(labels, columns), 'float32') as Tensor2D;
}
