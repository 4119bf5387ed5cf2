import { describe, expect, it } from 'vitest';
import { differenceFrom } from './mean-difference.js';
import { pooledDifferences } from './pooled-differences.js';
import { describeSample } from './sample.js';

describe('pooledDifferences', () => {
  it('is the paired t test where there is one cell', () => {
    const differences = [1, 2, 4];
    const expected = differenceFrom(describeSample(differences), 0);
    for (const spread of ['pooled', 'own'] as const) {
      const { cells, mean } = pooledDifferences([differences], spread);
      for (const judged of [cells[0]!, mean]) {
        expect(judged.difference).toBeCloseTo(expected.difference, 14);
        expect(judged.interval![0]).toBeCloseTo(expected.interval![0], 12);
        expect(judged.p).toBeCloseTo(expected.p!, 12);
      }
    }
  });

  it('takes the spread within cells, whatever lies between them', () => {
    // Both cells have the variance 1 about 2 and about 12, on 2 + 2 degrees of freedom: t = 2.7764 at 4.
    const { cells, mean } = pooledDifferences(
      [
        [1, 2, 3],
        [11, 12, 13],
      ],
      'pooled',
    );
    expect(cells[0]!.interval![1]).toBeCloseTo(2 + 2.7764451 / Math.sqrt(3), 6);
    expect(mean.difference).toBe(7);
    expect(mean.interval![0]).toBeCloseTo(7 - 2.7764451 / Math.sqrt(6), 6);
  });

  it('judges a cell by its own spread where it is told so', () => {
    const wild = [100, 300, 800];
    const { cells, mean } = pooledDifferences([[1, 2, 3], wild], 'own');
    expect(cells[0]!.interval![0]).toBeCloseTo(2 - 4.3026527 / Math.sqrt(3), 6);
    expect(cells[1]!.p).toBeCloseTo(differenceFrom(describeSample(wild), 0).p!, 12);
    // The wild cell decides: nearly its own two degrees of freedom, at half its size.
    expect(mean.interval![1] - mean.difference).toBeCloseTo(
      (cells[1]!.interval![1] - cells[1]!.difference) / 2,
      0,
    );
  });

  it('judges nothing without spread', () => {
    expect(pooledDifferences([[1], [2]], 'pooled').mean).toEqual({
      difference: 1.5,
      interval: null,
      p: null,
    });
    expect(pooledDifferences([[1, 1]], 'own').cells[0]).toMatchObject({ interval: null, p: null });
    // A cell of one run borrows the others' spread only where spreads are pooled.
    const cells = [[1], [2, 3, 4]];
    expect(pooledDifferences(cells, 'pooled').cells[0]!.interval).not.toBeNull();
    expect(pooledDifferences(cells, 'own').cells[0]!.interval).toBeNull();
  });
});
