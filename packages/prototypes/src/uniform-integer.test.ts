import fc from 'fast-check';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { expect, it } from 'vitest';
import { randomGenerator } from './random-generator.js';
import { uniformInteger } from './uniform-integer.js';

it('draws the same numbers as uniformInt of pure-rand', () => {
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.integer({ min: -50, max: 50 }),
      // Of the widest ranges almost a half of the raw numbers are drawn again.
      fc.oneof(fc.nat(20), fc.integer({ min: 2 ** 30, max: 2 ** 31 - 2 })),
      (seed, from, width) => {
        const [ours, theirs] = [randomGenerator(seed), randomGenerator(seed)];
        for (let draw = 0; draw < 20; draw += 1) {
          expect(uniformInteger(ours, from, from + width)).toBe(uniformInt(theirs, from, from + width));
        }
      },
    ),
    { seed: 0 },
  );
});

it('draws every number of the range, its ends included', () => {
  const random = randomGenerator(0);
  const drawn = new Set(Array.from({ length: 200 }, () => uniformInteger(random, 3, 7)));
  expect([...drawn].sort()).toEqual([3, 4, 5, 6, 7]);
});
