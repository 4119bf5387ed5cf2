import { describe, expect, it } from 'vitest';
import { metricScale } from '../metric-scale.js';
import { compareSeeds, type SeedValue } from './compare-seeds.js';
import { compareText } from './compare-text.js';

const accuracy = metricScale('accuracy', { name: 'accuracy', higherIsBetter: true });
const runs = (...values: readonly number[]): SeedValue[] => values.map((value, seed) => ({ seed, value }));

describe('compareSeeds', () => {
  it('is the paired t test', () => {
    // Differences 1, 2, 3: mean 2, standard error 1 / sqrt(3), two degrees of freedom.
    const { difference, interval, p, signs } = compareSeeds(runs(10, 20, 30), runs(11, 22, 33))!;
    expect(difference).toEqual({ n: 3, mean: 2, deviation: 1 });
    expect(interval![0]).toBeCloseTo(2 - 4.3026527 / Math.sqrt(3), 6);
    expect(p).toBeCloseTo(1 - Math.sqrt(12) / Math.sqrt(14), 10);
    expect(signs).toEqual({ higher: 3, lower: 0, equal: 0 });
  });

  it('finds by pairs what the spread between seeds would hide', () => {
    const { p } = compareSeeds(runs(0.1, 0.5, 0.9), runs(0.11, 0.511, 0.909))!;
    expect(p).toBeLessThan(0.01);
  });

  it('pairs by seed, in whatever order, and names seeds without a partner', () => {
    const a = [
      { seed: 3, value: 1 },
      { seed: 0, value: 2 },
      { seed: 7, value: 9 },
    ];
    const b = [
      { seed: 0, value: 2 },
      { seed: 5, value: 9 },
      { seed: 3, value: 0 },
    ];
    const comparison = compareSeeds(a, b)!;
    expect(comparison.pairs).toEqual([
      { seed: 3, a: 1, b: 0, difference: -1 },
      { seed: 0, a: 2, b: 2, difference: 0 },
    ]);
    expect(comparison).toMatchObject({ onlyA: [7], onlyB: [5], signs: { higher: 0, lower: 1, equal: 1 } });
  });

  it('changes sign where A and B change places', () => {
    const forward = compareSeeds(runs(0.61, 0.64, 0.6), runs(0.63, 0.65, 0.66))!;
    const backward = compareSeeds(runs(0.63, 0.65, 0.66), runs(0.61, 0.64, 0.6))!;
    expect(forward.difference.mean).toBeCloseTo(-backward.difference.mean, 14);
    expect(forward.p).toBeCloseTo(backward.p!, 14);
    expect(forward.interval![0]).toBeCloseTo(-backward.interval![1], 12);
  });

  it('tests nothing with one pair, and compares nothing without any', () => {
    expect(compareSeeds(runs(1), runs(3))).toMatchObject({
      interval: null,
      p: null,
      difference: { mean: 2 },
    });
    expect(compareSeeds(runs(1), [{ seed: 1, value: 1 }])).toBeUndefined();
    expect(compareSeeds([], [])).toBeUndefined();
  });

  it('takes equal steps for equal, though their last bits differ', () => {
    // In binary .7 - .6 is not .4 - .3.
    const { difference, p, interval } = compareSeeds(runs(0.6, 0.3), runs(0.7, 0.4))!;
    expect(difference.deviation).toBe(0);
    expect([p, interval]).toEqual([null, null]);
  });
});

describe('compareText', () => {
  const text = (a: SeedValue[], b: SeedValue[], metric = accuracy): string =>
    compareText(compareSeeds(a, b)!, metric, 'final');

  it('says what is shown and what is not', () => {
    expect(text(runs(0.61, 0.62, 0.63), runs(0.71, 0.721, 0.729))).toMatch(
      /p < 0\.001, n = 3\.\nB is better\. B is better in 3 of 3 pairs\.$/,
    );
    expect(text(runs(0.61, 0.62), runs(0.63, 0.61))).toMatch(
      /\nWithin noise: the interval holds 0\. B is better in 1 of 2 pairs\.$/,
    );
    expect(text(runs(0.61), runs(0.71))).toMatch(
      /\+10\.00, of one pair: no spread, no test\. Run more seeds\.\nOne pair shows nothing\./,
    );
    expect(text(runs(0.6, 0.3), runs(0.7, 0.4))).toMatch(
      /\+10\.00 for each of 2 pairs alike: no spread, no test\.\nThat is no proof/,
    );
    expect(text(runs(0.6, 0.3), runs(0.6, 0.3))).toMatch(
      /A and B are equal in these runs\. B is better in 0 of 2 pairs, the same in 2\.$/,
    );
  });

  it('knows that less of an error is better', () => {
    const metric = metricScale('meanAbsoluteError', {
      name: 'meanAbsoluteError',
      higherIsBetter: false,
      unit: 'years',
    });
    expect(text(runs(80, 82, 81), runs(70, 73, 71), metric)).toMatch(
      /^Test mean absolute error, years after the last epoch[^]*B is better\. B is better in 3 of 3 pairs\.$/,
    );
  });
});
