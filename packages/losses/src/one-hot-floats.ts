import { cast, oneHot, type Rank, type Tensor } from '@tensorflow/tfjs-core';

/**
 * A 1 at each label and 0 elsewhere in float32, `[...labels, columns]`.
 *
 * Integers are made first: TensorFlow.js's WebAssembly kernel writes integers, whatever type `oneHot` is asked for.
 */
export function oneHotFloats<R extends Rank>(labels: Tensor, columns: number): Tensor<R> {
  return cast(oneHot(labels, columns), 'float32') as Tensor<R>;
}
