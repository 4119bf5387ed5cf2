import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { type EpochSeed, seededGenerator } from './seeded-generator.js';

/**
 * The numbers 0 to `size - 1` in an order that depends on `size`, seed and epoch alone: every order is equally likely
 * (Fisher and Yates).
 *
 * @example
 * shuffledIndices(50_000, { seed: 0, epoch: 3 });
 */
export function shuffledIndices(size: number, { seed, epoch }: EpochSeed): Int32Array {
  const indices = Int32Array.from({ length: size }, (_, index) => index);
  shuffle(indices, seededGenerator('order', seed, epoch));
  return indices;
}

/** Puts the numbers into a random order, in place (Fisher and Yates). */
export function shuffle(indices: Int32Array, random: RandomGenerator): void {
  for (let last = indices.length - 1; last > 0; last -= 1) {
    const chosen = uniformInt(random, 0, last);
    const moved = indices[last]!;
    indices[last] = indices[chosen]!;
    indices[chosen] = moved;
  }
}
