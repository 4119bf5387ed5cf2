import { describe, expect, it } from 'vitest';
import { globeLines } from './globe.js';
import { front, tilted, turn, upright } from './rotation.js';

describe('the lines of a globe', () => {
  it('are on the unit disc, in lines without gaps', () => {
    for (const rotation of [front, tilted, upright, turn(tilted, 2, -1)])
      for (const line of globeLines(rotation))
        for (const [index, [right, up]] of line.entries()) {
          expect(Math.hypot(right, up)).toBeLessThanOrEqual(1 + 1e-12);
          const [before, above] = line[index - 1] ?? [right, up];
          expect(Math.hypot(right - before, up - above)).toBeLessThan(0.07);
        }
  });

  it('show half of each circle: the near one', () => {
    const points = globeLines(tilted).flat().length;
    const all = 97 * 11;
    expect(points).toBeGreaterThan(0.4 * all);
    expect(points).toBeLessThan(0.6 * all);
  });

  it('cross at the first axis, which is upright where the sphere is', () => {
    // From the front the first axis points to the right, and meridians meet at its ends.
    const ends = globeLines(front)
      .flat()
      .filter(([right]) => right > 1 - 1e-9);
    expect(ends.length).toBeGreaterThanOrEqual(6);
  });
});
