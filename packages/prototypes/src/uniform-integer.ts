import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/**
 * A whole number from `from` to `to`, both included and less than 2^32 apart: the draw of pure-rand's `uniformInt`, without its
 * arithmetic for wider ranges, which would be 3 % of this package in a browser.
 */
export function uniformInteger(random: RandomGenerator, from: number, to: number): number {
  const range = to - from + 1;
  // Numbers from the last, incomplete range are drawn again, so that none is more likely than another.
  const end = 2 ** 32 - (2 ** 32 % range);
  let drawn = random.next() + 2 ** 31;
  while (drawn >= end) drawn = random.next() + 2 ** 31;
  return from + (drawn % range);
}
