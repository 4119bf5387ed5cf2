import { describe, expect, it } from 'vitest';
import { levenshteinBound } from './levenshtein-bound.js';
import { separationBound } from './separation-bound.js';

const within = { absolute: 1e-9, relative: 0 };

describe('levenshteinBound', () => {
  it('agrees with its closed form of degree 3', () => {
    for (const [classes, dimensions] of [
      [100, 25],
      [200, 50],
      [1000, 100],
    ] as const) {
      const [K, D] = [classes, dimensions];
      const root = Math.sqrt(D ** 2 * (D - 1) ** 2 + 4 * D * (K - D - 1) * (K - 2 * D));
      const expected = (root - D * (D - 1)) / (2 * D * (K - D - 1));
      expect(levenshteinBound({ classes, dimensions })).toBeClose(expected, within);
    }
  });

  it('is reached by the sharp configurations', () => {
    for (const [dimensions, classes, maxCosine] of [
      [3, 12, 1 / Math.sqrt(5)],
      [5, 16, 1 / 5],
      [6, 27, 1 / 4],
      [7, 56, 1 / 3],
      [8, 240, 1 / 2],
      [22, 100, 1 / 11],
      [23, 552, 1 / 5],
      [24, 196_560, 1 / 2],
    ] as const) {
      expect(levenshteinBound({ classes, dimensions })).toBeClose(maxCosine, within);
    }
  });

  it('gives the published table to 4 digits', () => {
    const table = [
      [5, [20, 0.2612], [50, 0.5078], [100, 0.6435], [200, 0.7427], [1000, 0.882]],
      [10, [50, 0.185], [100, 0.2784], [200, 0.3773], [1000, 0.548]],
      [25, [100, 0.0688], [200, 0.1291], [1000, 0.2237]],
      [50, [200, 0.0367], [1000, 0.1143]],
      [100, [1000, 0.0542]],
    ] as const;
    for (const [dimensions, ...cells] of table) {
      for (const [classes, bound] of cells) {
        expect(levenshteinBound({ classes, dimensions })).toBeClose(bound, { absolute: 5e-5, relative: 0 });
      }
    }
  });
});

describe('separationBound', () => {
  it('is exact where the optimum is solved', () => {
    expect(separationBound({ classes: 2, dimensions: 1 })).toEqual({ bound: -1, boundName: 'simplex' });
    expect(separationBound({ classes: 10, dimensions: 100 })).toEqual({
      bound: -1 / 9,
      boundName: 'simplex',
    });
    expect(separationBound({ classes: 102, dimensions: 100 })).toEqual({ bound: 0, boundName: 'orthoplex' });
    expect(separationBound({ classes: 5, dimensions: 2 }).bound).toBeClose(Math.cos(0.4 * Math.PI));
    expect(separationBound({ classes: 24, dimensions: 4 })).toEqual({
      bound: 0.5,
      boundName: 'known-optimum',
    });
    expect(separationBound({ classes: 288, dimensions: 16 })).toEqual({
      bound: 0.25,
      boundName: 'mutually-unbiased-bases',
    });
  });

  it("in 3 dimensions is Fejes Toth's for many points, and never below a smaller solved number of points", () => {
    expect(separationBound({ classes: 100, dimensions: 3 }).boundName).toBe('fejes-toth');
    for (let classes = 4; classes < 40; classes += 1) {
      const fewer = separationBound({ classes: classes - 1, dimensions: 3 }).bound;
      expect(separationBound({ classes, dimensions: 3 }).bound).toBeGreaterThanOrEqual(fewer - 1e-12);
    }
  });
});
