import type { Sample } from './sample.js';
import { studentTCritical, studentTProbability } from './student-t.js';

/** A difference of means, and how far chance alone could have moved it. */
export interface MeanDifference {
  readonly difference: number;
  /** The 95 % confidence interval; null where the samples have no spread to judge by. */
  readonly interval: readonly [number, number] | null;
  /** Two-sided; null where the samples have no spread to judge by. */
  readonly p: number | null;
}

/**
 * The mean of a sample minus a known number, by the one-sample t test. With the differences of pairs and 0 it is the paired test.
 */
export function differenceFrom({ n, mean, deviation }: Sample, known: number): MeanDifference {
  const difference = mean - known;
  if (deviation === null || deviation === 0) return { difference, interval: null, p: null };
  return judge(difference, deviation / Math.sqrt(n), n - 1);
}

/**
 * The mean of one sample minus the mean of another, by Welch's t test: no assumption of equal spreads.
 *
 * Welch, "The generalization of Student's problem when several different population variances are involved", 1947.
 */
export function differenceOfMeans(one: Sample, other: Sample): MeanDifference {
  const difference = one.mean - other.mean;
  if (one.deviation === null || other.deviation === null) return { difference, interval: null, p: null };
  const variances = [one, other].map(({ n, deviation }) => ({ n, share: deviation! ** 2 / n }));
  const variance = variances.reduce((sum, { share }) => sum + share, 0);
  if (variance === 0) return { difference, interval: null, p: null };
  const freedom = variance ** 2 / variances.reduce((sum, { n, share }) => sum + share ** 2 / (n - 1), 0);
  return judge(difference, Math.sqrt(variance), freedom);
}

function judge(difference: number, standardError: number, freedom: number): MeanDifference {
  const reach = studentTCritical(0.95, freedom) * standardError;
  return {
    difference,
    interval: [difference - reach, difference + reach],
    p: studentTProbability(difference / standardError, freedom),
  };
}
