import {
  cast,
  stack,
  tensor1d,
  tidy,
  type Rank,
  type Scalar,
  type ShapeMap,
  type Tensor,
} from '@tensorflow/tfjs';
import { nativeBackend } from '../engine/native-backend.js';

/** Where a random tensor comes from: the same two numbers always give the same one. */
export interface RandomKey {
  /** A whole number that tells one use from another, such as each dropout layer's. Fixed once compiled. */
  readonly seed: number;
  /** A whole number below 2^24 that tells one call from another, such as the number of the step. */
  readonly step: number | Scalar;
}

/** Calls one of TensorFlow's stateless generators. */
export function drawStateless<R extends Rank>(
  operation: 'StatelessRandomUniform' | 'StatelessRandomNormal',
  shape: ShapeMap[R],
  { seed, step }: RandomKey,
): Tensor<R> {
  if (!Number.isInteger(seed) || Math.abs(seed) >= 2 ** 31) {
    throw new RangeError(`seed is ${seed}; it must be a whole number of less than 32 bits.`);
  }
  if (typeof step === 'number' && !(Number.isInteger(step) && Math.abs(step) < 2 ** 24)) {
    throw new RangeError(`step is ${step}; it must be a whole number below 2^24.`);
  }
  const { binding } = nativeBackend();
  const type = (name: string, value: number) => ({ name, type: binding.TF_ATTR_TYPE, value });
  return tidy(() => {
    const key = stack([cast(seed, 'int32'), cast(step, 'int32')]);
    const sizes = tensor1d([...(shape as readonly number[])], 'int32');
    return nativeBackend().executeSingleOutput(
      operation,
      [type('dtype', binding.TF_FLOAT), type('T', binding.TF_INT32), type('Tseed', binding.TF_INT32)],
      [sizes, key],
    ) as Tensor<R>;
  });
}
