import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** What makes one epoch's randomness. */
export interface EpochSeed {
  /** A whole number from 0. */
  readonly seed: number;
  /** A whole number from 0. */
  readonly epoch: number;
}

/** What random numbers are for: each purpose has its own stream, so that none changes with another. */
const purposes = { order: 1, augmentation: 2, selection: 3, split: 4, target: 5, noise: 6 };

/**
 * A stream of random numbers that depends on purpose, seed and `part` alone. The part is the epoch for what changes from
 * epoch to epoch, the image's position for what belongs to one image, and else 0.
 */
export function seededGenerator(purpose: keyof typeof purposes, seed: number, part = 0): RandomGenerator {
  const random = xoroshiro128plusFromState([
    seed | 0,
    Math.floor(seed / 2 ** 32) | 0,
    part | 0,
    purposes[purpose],
  ]);
  // Neighbouring seeds start from states that differ in a few bits: let these spread over all 128 first.
  for (let step = 0; step < 64; step += 1) random.next();
  return random;
}

/** Refuses what is not a whole number from 0 to 2^53 - 1. */
export function checkSeed(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${name} is ${value}; it must be a whole number from 0 to 2^53 - 1.`);
  }
}
