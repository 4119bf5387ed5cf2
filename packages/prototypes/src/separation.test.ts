import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prototypesFromVectors } from './prototypes-from-vectors.js';
import { randomPrototypes } from './random-prototypes.js';
import { separation } from './separation.js';

describe('separation', () => {
  it('measures three directions by hand: cosines 0, 0.6 and 0.8', () => {
    const measured = separation(
      prototypesFromVectors([
        [1, 0, 0],
        [0, 1, 0],
        [0.6, 0.8, 0],
      ]),
    );
    expect(measured.maxCosine).toBeClose(0.8);
    expect(measured.meanNearestCosine).toBeClose((0.6 + 0.8 + 0.8) / 3);
    expect(measured.meanCosine).toBeClose((0 + 0.6 + 0.8) / 3);
    expect(measured.minAngleDegrees).toBeClose(36.8698976);
    expect(measured).toMatchObject({ bound: -0.5, boundName: 'simplex' });
    expect(measured.gap).toBeClose(1.3);
  });

  it('agrees with every pair computed plainly, and is never below the bound', () => {
    const sizes = fc.record({
      classes: fc.integer({ min: 2, max: 40 }),
      dimensions: fc.integer({ min: 2, max: 12 }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(sizes, (options) => {
        const prototypes = randomPrototypes(options);
        const { classes, dimensions, values } = prototypes;
        const row = (k: number) => Array.from(values.subarray(k * dimensions, (k + 1) * dimensions));
        const nearest = Array.from({ length: classes }, () => -1);
        let sum = 0;
        for (let i = 0; i < classes; i += 1) {
          for (let j = 0; j < classes; j += 1) {
            if (i === j) continue;
            const cosine = row(i).reduce((total, value, axis) => total + value * row(j)[axis]!, 0);
            nearest[i] = Math.max(nearest[i]!, cosine);
            sum += cosine;
          }
        }
        const measured = separation(prototypes);
        expect(measured.maxCosine).toBeClose(Math.max(...nearest), { absolute: 1e-6 });
        expect(measured.meanNearestCosine).toBeClose(nearest.reduce((a, b) => a + b) / classes);
        expect(measured.meanCosine).toBeClose(sum / (classes * (classes - 1)));
        expect(measured.gap).toBeGreaterThan(-1e-6);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('refuses rows that are no directions, and values of another size', () => {
    const prototypes = { classes: 2, dimensions: 2, method: 'given' };
    expect(() => separation({ ...prototypes, values: new Float32Array([1, 0, 0, 0]) })).toThrow(
      'values must be finite and no row zero; row 1 is not a direction',
    );
    expect(() => separation({ ...prototypes, values: new Float32Array([1, 0, 0]) })).toThrow(
      'values must hold 2 rows of 2, 4 numbers; it holds 3',
    );
  });
});
