import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { type EpochSeed, seededGenerators } from './seeded-generators.js';

/**
 * The numbers 0 to `size - 1` in an order that depends on `size`, seed and epoch alone: every order is equally likely
 * (Fisher and Yates).
 *
 * @example
 * shuffledIndices(50_000, { seed: 0, epoch: 3 });
 */
export function shuffledIndices(size: number, epochSeed: EpochSeed): Int32Array {
  const { order } = seededGenerators(epochSeed);
  const indices = Int32Array.from({ length: size }, (_, index) => index);
  for (let last = size - 1; last > 0; last -= 1) {
    const chosen = uniformInt(order, 0, last);
    const moved = indices[last]!;
    indices[last] = indices[chosen]!;
    indices[chosen] = moved;
  }
  return indices;
}
