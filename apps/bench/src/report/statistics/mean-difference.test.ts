import { describe, expect, it } from 'vitest';
import { differenceFrom, differenceOfMeans } from './mean-difference.js';
import { describeSample } from './sample.js';

describe('describeSample', () => {
  it('has the mean and the standard deviation with n - 1', () => {
    // Squares of the distances to 5: 9, 1, 1, 1, 0, 0, 4, 16; 32 / 7.
    expect(describeSample([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ n: 8, mean: 5, deviation: Math.sqrt(32 / 7) });
  });

  it('has no deviation for one value, and none but 0 for equal ones', () => {
    expect(describeSample([0.1])).toEqual({ n: 1, mean: 0.1, deviation: null });
    expect(describeSample([0.1, 0.1, 0.1])).toEqual({ n: 3, mean: 0.1, deviation: 0 });
  });

  it('needs a value', () => {
    expect(() => describeSample([])).toThrow('at least one value');
  });
});

describe('differenceFrom', () => {
  it('is the one-sample t test', () => {
    // Mean 2, deviation 1, standard error 1 / sqrt(3), t = sqrt(3) * 2 = 3.4641 with 2 degrees of freedom.
    const { difference, interval, p } = differenceFrom(describeSample([1, 2, 3]), 0);
    expect(difference).toBe(2);
    expect(p).toBeCloseTo(1 - 3.4641016 / Math.sqrt(2 + 12), 6);
    expect(interval![0]).toBeCloseTo(2 - 4.3026527 / Math.sqrt(3), 6);
    expect(interval![1]).toBeCloseTo(2 + 4.3026527 / Math.sqrt(3), 6);
  });

  it('judges nothing where there is no spread', () => {
    expect(differenceFrom(describeSample([3]), 1)).toEqual({ difference: 2, interval: null, p: null });
    expect(differenceFrom(describeSample([3, 3]), 1)).toEqual({ difference: 2, interval: null, p: null });
  });
});

describe('differenceOfMeans', () => {
  it("is Welch's t test", () => {
    // Variances over n: 1 / 3 and 16 / 3; t = -3 / sqrt(17 / 3); freedom (17 / 3)^2 / ((1 / 9 + 256 / 9) / 2) = 578 / 257.
    const { difference, interval, p } = differenceOfMeans(describeSample([1, 2, 3]), {
      n: 3,
      mean: 5,
      deviation: 4,
    });
    expect(difference).toBe(-3);
    const reach = (interval![1] - interval![0]) / 2;
    const standardError = Math.sqrt(17 / 3);
    // Between the tabled values of 2 and 3 degrees of freedom: 4.3027 and 3.1824.
    expect(reach / standardError).toBeGreaterThan(3.1824);
    expect(reach / standardError).toBeLessThan(4.3027);
    expect(p).toBeGreaterThan(0.05);
    expect(interval![0]).toBeLessThan(0);
    expect(interval![1]).toBeGreaterThan(0);
  });

  it("is Student's test where sizes and spreads are equal", () => {
    const one = describeSample([1, 2, 3]);
    const { p } = differenceOfMeans(one, { ...one, mean: 0 });
    // t = 2 / sqrt(2 / 3) = sqrt(6) with 4 degrees of freedom: p = 1 - t (t^2 + 6) / (t^2 + 4)^1.5.
    expect(p).toBeCloseTo(1 - (Math.sqrt(6) * 12) / 10 ** 1.5, 10);
  });

  it('gives the same interval, mirrored, the other way round', () => {
    const one = describeSample([0.61, 0.64, 0.66]);
    const other = { n: 3, mean: 0.647, deviation: 0.002 };
    const forward = differenceOfMeans(one, other);
    const backward = differenceOfMeans(other, one);
    expect(forward.interval![0]).toBeCloseTo(-backward.interval![1], 14);
    expect(forward.p).toBeCloseTo(backward.p!, 14);
  });

  it('judges nothing where one has no spread to tell', () => {
    expect(differenceOfMeans(describeSample([1]), { n: 3, mean: 0, deviation: 1 })).toEqual({
      difference: 1,
      interval: null,
      p: null,
    });
    expect(differenceOfMeans(describeSample([1, 1]), { n: 3, mean: 0, deviation: 0 }).p).toBeNull();
  });
});
