import { describe, expect, it } from 'vitest';
import { describeSample } from './statistics/sample.js';
import { compareWithPublished } from './compare-with-published.js';

const drawn = { paper: 'P', table: 'T', cell: 'C', metric: 'accuracy' };
const withoutDeviation = { ...drawn, value: 0.647 };
const withoutRuns = { ...withoutDeviation, deviation: 0.002 };
const published = { ...withoutRuns, runs: 3 };

describe('compareWithPublished', () => {
  it('tells a difference within noise from one that is not', () => {
    const near = compareWithPublished(describeSample([0.644, 0.648, 0.65]), published, true);
    expect(near).toMatchObject({ verdict: 'within noise', judgedBy: 'Welch' });
    expect(near!.interval![0]).toBeLessThan(0);
    const far = compareWithPublished(describeSample([0.664, 0.668, 0.67]), published, true);
    expect(far).toMatchObject({ verdict: 'better', judgedBy: 'Welch' });
  });

  it('takes less for better where the metric says so, and says neither where it does not', () => {
    const ours = describeSample([0.664, 0.668, 0.67]);
    expect(compareWithPublished(ours, published, false)?.verdict).toBe('worse');
    expect(compareWithPublished(ours, published, undefined)?.verdict).toBe('higher');
  });

  it('subtracts nothing from a number of other data', () => {
    const other = { ...published, comparable: false };
    expect(compareWithPublished(describeSample([0.7, 0.71]), other, true)).toBeUndefined();
  });

  it('counts on three published runs where their number is not given', () => {
    const ours = describeSample([0.644, 0.648, 0.65]);
    expect(compareWithPublished(ours, withoutRuns, true)).toEqual(
      compareWithPublished(ours, published, true),
    );
    expect(compareWithPublished(ours, { ...published, runs: 10 }, true)).not.toEqual(
      compareWithPublished(ours, published, true),
    );
  });

  it('judges by our spread alone where no published one is known', () => {
    // t = (.65 - .647) / (.003 / sqrt(3)) = 1.73 with two degrees of freedom, of 4.30 that it takes.
    expect(compareWithPublished(describeSample([0.647, 0.65, 0.653]), withoutDeviation, true)).toMatchObject({
      verdict: 'within noise',
      judgedBy: 'ours',
    });
  });

  it('never judges one run', () => {
    const { difference, ...rest } = compareWithPublished(describeSample([0.9]), published, true)!;
    expect(difference).toBeCloseTo(0.253, 12);
    expect(rest).toEqual({ interval: null, p: null, verdict: 'one run', judgedBy: 'none' });
  });

  it('compares runs without any spread as they are', () => {
    expect(compareWithPublished(describeSample([0.647, 0.647]), withoutDeviation, true)?.verdict).toBe(
      'equal',
    );
    expect(compareWithPublished(describeSample([0.7, 0.7]), withoutDeviation, true)).toMatchObject({
      verdict: 'better',
      interval: null,
      judgedBy: 'none',
    });
  });

  it('has nothing to compare with where the paper only drew', () => {
    expect(compareWithPublished(describeSample([0.9]), drawn, true)).toBeUndefined();
  });
});
