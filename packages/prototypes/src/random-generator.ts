import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { checkInteger } from './check-sizes.js';

/** An independent stream of random numbers for each (seed, stream). */
export function randomGenerator(seed: number, stream = 0): RandomGenerator {
  checkInteger('seed', seed, 0);
  const generator = xoroshiro128plusFromState([seed | 0, Math.floor(seed / 2 ** 32) | 0, stream | 0, 1]);
  // Neighbouring seeds start from states that differ in a few bits: let these spread over all 128 first.
  for (let step = 0; step < 64; step += 1) generator.next();
  return generator;
}
