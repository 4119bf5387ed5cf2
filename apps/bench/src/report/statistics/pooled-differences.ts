import type { MeanDifference } from './mean-difference.js';
import { describeSample, type Sample } from './sample.js';
import { studentTCritical, studentTProbability } from './student-t.js';

/** Paired differences in several cells of a table, such as dimensions, over the same seeds. */
export interface PooledDifferences {
  /** One a cell, in the order given. */
  readonly cells: readonly (MeanDifference & { readonly sample: Sample })[];
  /** The mean over cells, each counted alike. */
  readonly mean: MeanDifference;
}

/**
 * Judges paired differences in cells.
 *
 * `pooled` takes the spread between seeds as the same in every cell, as an analysis of variance with cells as groups does: with 3 seeds in 4 cells it
 * rests on 8 degrees of freedom instead of 2. The cells' means may differ as they like. `own` judges each cell by its own spread, and the mean over cells by
 * Satterthwaite's approximation.
 *
 * @param cells - The differences of each cell, at least one in each.
 */
export function pooledDifferences(
  cells: readonly (readonly number[])[],
  spread: 'pooled' | 'own',
): PooledDifferences {
  const samples = cells.map(describeSample);
  const squares = samples.map(({ n, deviation }) => (n - 1) * (deviation ?? 0) ** 2);
  const freedoms = samples.map(({ n }) => n - 1);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const freedom = sum(freedoms);
  const common = freedom === 0 ? 0 : sum(squares) / freedom;
  const variances = samples.map(({ n }, cell) =>
    spread === 'pooled' ? common / n : freedoms[cell] === 0 ? NaN : squares[cell]! / freedoms[cell]! / n,
  );
  const mean = sum(samples.map((sample) => sample.mean)) / samples.length;
  const variance = sum(variances) / samples.length ** 2;
  const meanFreedom =
    spread === 'pooled'
      ? freedom
      : sum(variances) ** 2 / sum(variances.map((share, cell) => share ** 2 / freedoms[cell]!));
  return {
    cells: samples.map((sample, cell) => ({
      sample,
      ...judge(sample.mean, variances[cell]!, spread === 'pooled' ? freedom : freedoms[cell]!),
    })),
    mean: judge(mean, variance, meanFreedom),
  };
}

function judge(difference: number, variance: number, freedom: number): MeanDifference {
  if (!(variance > 0) || !(freedom > 0)) return { difference, interval: null, p: null };
  const error = Math.sqrt(variance);
  const reach = studentTCritical(0.95, freedom) * error;
  return {
    difference,
    interval: [difference - reach, difference + reach],
    p: studentTProbability(difference / error, freedom),
  };
}
