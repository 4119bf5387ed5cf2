import { finiteDifferences } from '@hyperspherical/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBreather } from './breather.js';
import { logSumExpObjective } from './log-sum-exp-objective.js';
import { randomGenerator } from './random-generator.js';
import { randomNormals } from './random-rows.js';

/** The formula, plainly. */
function plain(point: Float64Array, classes: number, dimensions: number, sharpness: number): number {
  const rows = Array.from({ length: classes }, (_, k) =>
    point.subarray(k * dimensions, (k + 1) * dimensions),
  );
  const cosines = rows.flatMap((left, i) =>
    rows.slice(i + 1).map((right) => {
      const dot = left.reduce((sum, value, axis) => sum + value * right[axis]!, 0);
      return dot / (Math.hypot(...left) * Math.hypot(...right));
    }),
  );
  const largest = Math.max(...cosines);
  return (
    largest + Math.log(cosines.reduce((sum, c) => sum + Math.exp(sharpness * (c - largest)), 0)) / sharpness
  );
}

describe('logSumExpObjective', () => {
  it('is log(exp(b 0.6) + exp(b 0.8) + 1) / b for three directions with cosines 0, 0.6 and 0.8', async () => {
    const objective = logSumExpObjective(3, 2, createBreather())(10);
    const value = await objective(new Float64Array([2, 0, 0, 1, 3, 4]), new Float64Array(6));
    expect(value).toBeClose(Math.log(Math.exp(6) + Math.exp(8) + 1) / 10);
  });

  it('agrees with the formula and its finite differences, for any sizes, sharpness and lengths', async () => {
    const cases = fc.record({
      classes: fc.integer({ min: 2, max: 11 }),
      dimensions: fc.integer({ min: 2, max: 6 }),
      sharpness: fc.constantFrom(1, 10, 300),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ classes, dimensions, sharpness, seed }) => {
        const point = randomNormals(randomGenerator(seed), classes * dimensions);
        const gradient = new Float64Array(point.length);
        const objective = logSumExpObjective(classes, dimensions, createBreather())(sharpness);
        expect(await objective(point, gradient)).toBeClose(plain(point, classes, dimensions, sharpness));
        const expected = finiteDifferences((x) => plain(x, classes, dimensions, sharpness), point);
        expect(gradient).toBeClose(expected, { relative: 1e-4, absolute: 1e-5 });
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  it('stays finite where exponents jump by thousands from one point to the next', async () => {
    const objective = logSumExpObjective(2, 2, createBreather())(10_000);
    const gradient = new Float64Array(4);
    for (const cosine of [1, -1, 0.5, -0.5, 0.999]) {
      const point = new Float64Array([1, 0, cosine, Math.sqrt(1 - cosine * cosine)]);
      expect(await objective(point, gradient)).toBeClose(cosine);
      expect(gradient.every(Number.isFinite)).toBe(true);
    }
  });
});
