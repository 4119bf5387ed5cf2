import { cast, greaterEqual, mul, tidy, type Rank, type Tensor } from '@tensorflow/tfjs';
import type { RandomKey } from './draw-stateless.js';
import { statelessRandomUniform } from './stateless-random-uniform.js';

/** What `dropout` wants to know. */
export interface DropoutOptions extends RandomKey {
  /** The share of elements that become 0, in [0, 1). */
  readonly rate: number;
}

/**
 * Dropout for training (Srivastava and others, 2014): each element becomes 0 with probability `rate`, and the others are
 * divided by `1 - rate`, so that the mean stays. Which ones depends on `seed` and `step` alone: unlike `tf.dropout`, it can
 * be compiled.
 *
 * @throws RangeError when the rate is outside [0, 1), or the seed or step is no whole number in range
 * @example
 * const step = compile((images: Tensor4D, labels: Tensor1D, number: Scalar) => {
 *   const features = dropout(network(images), { rate: 0.5, seed: 1, step: number });
 *   ...
 * });
 * step(images, labels, 17);
 */
export function dropout<R extends Rank>(x: Tensor<R>, { rate, seed, step }: DropoutOptions): Tensor<R> {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`rate is ${rate}; it must be at least 0 and below 1.`);
  return tidy(() => {
    const kept = greaterEqual(statelessRandomUniform<R>(x.shape, { seed, step }), rate);
    return mul<Tensor<R>>(x, mul(cast(kept, 'float32'), 1 / (1 - rate)));
  });
}
