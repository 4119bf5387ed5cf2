import {
  abs,
  cast,
  div,
  equal,
  floor,
  less,
  logicalAnd,
  stack,
  tensor1d,
  tidy,
  type Rank,
  type Scalar,
  type ShapeMap,
  type Tensor,
} from '@tensorflow/tfjs';
import { isRecording } from '../engine/is-recording.js';
import { checkNumber } from '../engine/number-argument.js';
import { nativeBackend } from '../engine/registered-backend.js';

/** Where a random tensor comes from: the same two numbers always give the same one. */
export interface RandomKey {
  /** A whole number that tells one use from another, such as each dropout layer's. Fixed once compiled. */
  readonly seed: number;
  /**
   * A whole number below 2^24 that tells one call from another, such as the number of the step: float32 has no larger ones
   * without gaps. An int32 scalar may be any.
   */
  readonly step: number | Scalar;
}

const largestStep = 2 ** 24;

/** Calls one of TensorFlow's stateless generators. */
export function drawStateless<R extends Rank>(
  operation: 'StatelessRandomUniform' | 'StatelessRandomNormal',
  shape: ShapeMap[R],
  { seed, step }: RandomKey,
): Tensor<R> {
  if (typeof seed !== 'number') {
    throw new TypeError(
      'seed is a tensor; it must be a number from outside of the step, and is fixed once compiled.',
    );
  }
  if (!Number.isInteger(seed) || Math.abs(seed) >= 2 ** 31) {
    throw new RangeError(`seed is ${seed}; it must be a whole number of less than 32 bits.`);
  }
  const { binding } = nativeBackend();
  const type = (name: string, value: number) => ({ name, type: binding.TF_ATTR_TYPE, value });
  return tidy(() => {
    const key = stack([cast(seed, 'int32'), wholeStep(step)]);
    const sizes = tensor1d([...(shape as readonly number[])], 'int32');
    return nativeBackend().executeSingleOutput(
      operation,
      [type('dtype', binding.TF_FLOAT), type('T', binding.TF_INT32), type('Tseed', binding.TF_INT32)],
      [sizes, key],
    ) as Tensor<R>;
  });
}

function checkStep(step: number): void {
  if (Number.isInteger(step) && Math.abs(step) < largestStep) return;
  throw new RangeError(`step is ${step}; it must be a whole number below 2^24.`);
}

/** The step as an int32 scalar; what only a graph knows, TensorFlow checks at each run. */
function wholeStep(step: number | Scalar): Tensor {
  if (checkNumber(step, checkStep) || (step as Scalar).dtype !== 'float32') return cast(step, 'int32');
  if (!isRecording()) {
    checkStep((step as Scalar).dataSync()[0]!);
    return cast(step, 'int32');
  }
  const isWhole = logicalAnd(equal(floor(step), step), less(abs(step), largestStep));
  const { binding } = nativeBackend();
  const checked = nativeBackend().executeSingleOutput(
    'CheckNumerics',
    [
      { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
      { name: 'message', type: binding.TF_ATTR_STRING, value: 'step must be a whole number below 2^24' },
    ],
    // Other steps are divided by 0.
    [div(step, cast(isWhole, 'float32'))],
  );
  return cast(checked, 'int32');
}
