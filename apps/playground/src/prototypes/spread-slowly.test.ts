import { separationBound } from '@hyperspherical/prototypes';
import { describe, expect, it } from 'vitest';
import { spreadSlowly } from './spread-slowly.js';

function atRest(classes: number, dimensions: number, seed = 0) {
  const spreading = spreadSlowly({ classes, dimensions, seed });
  const first = spreading.largestCosine();
  let steps = 0;
  while (spreading.step()) steps += 1;
  return { spreading, first, steps };
}

describe('points that spread slowly', () => {
  it('start near one another and come to rest near the bound', () => {
    for (const [classes, dimensions] of [
      [2, 3],
      [4, 3],
      [6, 3],
      [5, 2],
      [8, 4],
    ] as const) {
      const { spreading, first } = atRest(classes, dimensions);
      const { bound } = separationBound({ classes, dimensions });
      expect(first).toBeGreaterThan(0.7);
      expect(spreading.largestCosine()).toBeLessThan(bound + 0.02);
      expect(spreading.largestCosine()).toBeGreaterThanOrEqual(bound - 1e-6);
    }
  });

  it('stay on the sphere, and take the same way for the same seed', () => {
    const { spreading, steps } = atRest(12, 3, 7);
    expect(steps).toBe(900);
    for (let row = 0; row < 12; row += 1) {
      expect(Math.hypot(...spreading.values.subarray(3 * row, 3 * row + 3))).toBeCloseTo(1, 5);
    }
    expect(atRest(12, 3, 7).spreading.values).toEqual(spreading.values);
    expect(atRest(12, 3, 8).spreading.values).not.toEqual(spreading.values);
  });
});
