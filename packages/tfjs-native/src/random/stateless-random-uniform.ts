import { add, mul, tidy, type Rank, type ShapeMap, type Tensor } from '@tensorflow/tfjs';
import { drawStateless, type RandomKey } from './draw-stateless.js';

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
  if (!(minimum < maximum)) {
    throw new RangeError(`minimum is ${minimum} and maximum ${maximum}; minimum must be below.`);
  }
  return tidy(() => {
    const unit = drawStateless<R>('StatelessRandomUniform', shape, { seed, step });
    if (minimum === 0 && maximum === 1) return unit;
    return add(mul(unit, maximum - minimum), minimum);
  });
}
