import { add, mul, tidy, type Rank, type ShapeMap, type Tensor } from '@tensorflow/tfjs';
import { drawStateless, type RandomKey } from './draw-stateless.js';

/** How random numbers are spread. */
export interface NormalOptions extends RandomKey {
  /** Default 0. */
  readonly mean?: number;
  /** Default 1; at least 0. */
  readonly standardDeviation?: number;
}

/**
 * Normally distributed random numbers, drawn by TensorFlow from `seed` and `step` alone; see `statelessRandomUniform`,
 * which draws from the same bits: give each use a seed of its own.
 *
 * @throws RangeError when the seed or step is no whole number in range, or the deviation is negative
 * @example
 * const noise = statelessRandomNormal([32, 10], { seed: 7, step, standardDeviation: 0.1 }); // [32, 10], float32
 */
export function statelessRandomNormal<R extends Rank = Rank>(
  shape: ShapeMap[R],
  { seed, step, mean = 0, standardDeviation = 1 }: NormalOptions,
): Tensor<R> {
  if (!(standardDeviation >= 0 && standardDeviation < Infinity)) {
    throw new RangeError(`standardDeviation is ${standardDeviation}; it must be at least 0.`);
  }
  return tidy(() => {
    const unit = drawStateless<R>('StatelessRandomNormal', shape, { seed, step });
    if (mean === 0 && standardDeviation === 1) return unit;
    return add(mul(unit, standardDeviation), mean);
  });
}
