import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** What makes one epoch's randomness. */
export interface EpochSeed {
  /** A whole number from 0. */
  readonly seed: number;
  /** A whole number from 0. */
  readonly epoch: number;
}

/** Two independent streams of random numbers that depend on (seed, epoch) alone: one for the order, one for augmentation. */
export function seededGenerators({ seed, epoch }: EpochSeed): {
  readonly order: RandomGenerator;
  readonly augmentation: RandomGenerator;
} {
  return { order: generator(seed, epoch, 1), augmentation: generator(seed, epoch, 2) };
}

function generator(seed: number, epoch: number, purpose: number): RandomGenerator {
  const random = xoroshiro128plusFromState([seed | 0, Math.floor(seed / 2 ** 32) | 0, epoch | 0, purpose]);
  // Neighbouring seeds start from states that differ in a few bits: let these spread over all 128 first.
  for (let step = 0; step < 64; step += 1) random.next();
  return random;
}
