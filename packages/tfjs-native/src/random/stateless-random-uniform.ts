import {
  add,
  cast,
  mul,
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

/** How random numbers are spread. */
export interface UniformOptions extends RandomKey {
  /** Default 0. */
  readonly minimum?: number;
  /** Numbers lie below it. Default 1. */
  readonly maximum?: number;
}

/**
 * Random numbers in [minimum, maximum), all equally likely, drawn by TensorFlow (Philox counters) from `seed` and
 * `step` alone: no hidden state, so that a step can be compiled, and a resumed run draws what the first one would have.
 *
 * @throws RangeError when the seed or step is no whole number in range, or the range is empty
 * @example
 * const noise = statelessRandomUniform([32, 10], { seed: 7, step, minimum: -1 }); // [32, 10], float32
 */
export function statelessRandomUniform<R extends Rank = Rank>(
  shape: ShapeMap[R],
  { seed, step, minimum = 0, maximum = 1 }: UniformOptions,
): Tensor<R> {
  if (!Number.isInteger(seed) || Math.abs(seed) >= 2 ** 31) {
    throw new RangeError(`seed is ${seed}; it must be a whole number of less than 32 bits.`);
  }
  if (typeof step === 'number' && !(Number.isInteger(step) && Math.abs(step) < 2 ** 24)) {
    throw new RangeError(`step is ${step}; it must be a whole number below 2^24.`);
  }
  if (!(minimum < maximum)) {
    throw new RangeError(`minimum is ${minimum} and maximum ${maximum}; minimum must be below.`);
  }
  const { binding } = nativeBackend();
  const type = (name: string, value: number) => ({ name, type: binding.TF_ATTR_TYPE, value });
  return tidy(() => {
    const key = stack([cast(seed, 'int32'), cast(step, 'int32')]);
    const sizes = tensor1d([...(shape as readonly number[])], 'int32');
    const unit = nativeBackend().executeSingleOutput(
      'StatelessRandomUniform',
      [type('dtype', binding.TF_FLOAT), type('T', binding.TF_INT32), type('Tseed', binding.TF_INT32)],
      [sizes, key],
    );
    if (minimum === 0 && maximum === 1) return unit as Tensor<R>;
    return add(mul(unit, maximum - minimum), minimum);
  });
}
