import type { RunResult } from '../../records/run-result.js';
import { differenceFrom } from '../statistics/mean-difference.js';
import { describeSample, type Sample } from '../statistics/sample.js';

/** What a run of one seed had. */
export interface SeedValue {
  readonly seed: number;
  readonly value: number;
}

/** Runs of two configurations, seed by seed. */
export interface SeedComparison {
  readonly pairs: readonly {
    readonly seed: number;
    readonly a: number;
    readonly b: number;
    readonly difference: number;
  }[];
  /** Seeds that only one side has. */
  readonly onlyA: readonly number[];
  readonly onlyB: readonly number[];
  /** Over the pairs. */
  readonly a: Sample;
  readonly b: Sample;
  /** Of B minus A. */
  readonly difference: Sample;
  /** 95 % confidence interval of the mean difference; null where the differences have no spread to judge by. */
  readonly interval: readonly [number, number] | null;
  /** Of the two-sided paired t test; null where there is no spread to judge by. */
  readonly p: number | null;
  /** In how many pairs B is higher, lower, the same. */
  readonly signs: { readonly higher: number; readonly lower: number; readonly equal: number };
}

/**
 * The paired t test over the seeds that both sides have: what the seed decides, such as data order, is the same within a pair.
 *
 * @returns Undefined where no seed is in both.
 */
export function compareSeeds(a: readonly SeedValue[], b: readonly SeedValue[]): SeedComparison | undefined {
  const others = new Map(b.map(({ seed, value }) => [seed, value]));
  const pairs = a.flatMap(({ seed, value }) => {
    const other = others.get(seed);
    return other === undefined ? [] : [{ seed, a: value, b: other, difference: subtract(other, value) }];
  });
  if (pairs.length === 0) return undefined;
  const shared = new Set(pairs.map(({ seed }) => seed));
  const difference = describeSample(pairs.map((pair) => pair.difference));
  const { interval, p } = differenceFrom(difference, 0);
  const count = (test: (difference: number) => boolean): number =>
    pairs.filter((pair) => test(pair.difference)).length;
  return {
    pairs,
    onlyA: a.map(({ seed }) => seed).filter((seed) => !shared.has(seed)),
    onlyB: b.map(({ seed }) => seed).filter((seed) => !shared.has(seed)),
    a: describeSample(pairs.map((pair) => pair.a)),
    b: describeSample(pairs.map((pair) => pair.b)),
    difference,
    interval,
    p,
    signs: { higher: count((d) => d > 0), lower: count((d) => d < 0), equal: count((d) => d === 0) },
  };
}

/** The values of a metric after the last epoch, or at the best one. */
export function seedValues(results: readonly RunResult[], metric: string, at: 'final' | 'best'): SeedValue[] {
  return results.flatMap(({ seed, [at]: record }) => {
    const value = record?.metrics[metric];
    return value === undefined ? [] : [{ seed, value }];
  });
}

/** Without the last bits, in which differences of equal steps would differ and pass for spread. */
function subtract(left: number, right: number): number {
  return Number((left - right).toPrecision(10));
}
