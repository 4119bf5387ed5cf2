import { type Rank, type ShapeMap, type Tensor, zeros, zerosLike } from '@tensorflow/tfjs-core';
import { ownGradient } from './own-gradient.js';

/**
 * What a loss gives for an empty batch: a tensor without numbers, whose gradient by each input is 0. Backends would
 * disagree: tfjs broadcasts no rows with one number to one row.
 *
 * @param shape - of the value: has a 0, or is that of a number, which is 0 then
 */
export function ofNothing<R extends Rank>(inputs: readonly Tensor[], shape: ShapeMap[R]): Tensor<R> {
  return ownGradient<Tensor<R>>(inputs, {
    forward: (save) => {
      save([...inputs]);
      return zeros<R>(shape);
    },
    backward: (_gradient, saved) => saved.map((input) => zerosLike(input)),
  });
}
