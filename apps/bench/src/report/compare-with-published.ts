import type { Reproduces } from '../records/reproduces.js';
import { differenceFrom, differenceOfMeans, type MeanDifference } from './statistics/mean-difference.js';
import type { Sample } from './statistics/sample.js';

/** The size of the published sample where the experiment does not tell it: what papers of this field mostly take. */
export const assumedPublishedRuns = 3;

/** `one run`: nothing is claimed of a single run. `higher` and `lower` where no direction is better. */
export type Verdict = 'within noise' | 'better' | 'worse' | 'higher' | 'lower' | 'one run' | 'equal';

/** Ours minus a published value. */
export interface PublishedComparison extends MeanDifference {
  readonly verdict: Verdict;
  /** `Welch`: by both spreads. `ours`: by ours alone, since no published spread is known. `none`: there is no spread to judge by. */
  readonly judgedBy: 'Welch' | 'ours' | 'none';
}

/**
 * Sets our runs beside a published number: Welch's t interval by both spreads where the published one is known, the one-sample
 * interval where it is not, no judgement of one run.
 *
 * @returns Undefined where the paper gives no number, or one of other data.
 */
export function compareWithPublished(
  ours: Sample,
  { value, deviation, runs = assumedPublishedRuns, comparable }: Reproduces,
  higherIsBetter: boolean | undefined,
): PublishedComparison | undefined {
  if (value === undefined || comparable === false) return undefined;
  if (ours.n === 1)
    return { difference: ours.mean - value, interval: null, p: null, verdict: 'one run', judgedBy: 'none' };
  const spreadKnown = deviation !== undefined && runs > 1;
  const judged = spreadKnown
    ? differenceOfMeans(ours, { n: runs, mean: value, deviation })
    : differenceFrom(ours, value);
  return {
    ...judged,
    verdict: verdictOf(judged, higherIsBetter),
    judgedBy: judged.interval === null ? 'none' : spreadKnown ? 'Welch' : 'ours',
  };
}

function verdictOf({ difference, interval }: MeanDifference, higherIsBetter: boolean | undefined): Verdict {
  if (difference === 0) return interval === null ? 'equal' : 'within noise';
  if (interval !== null && interval[0] <= 0 && interval[1] >= 0) return 'within noise';
  const higher = difference > 0;
  if (higherIsBetter === undefined) return higher ? 'higher' : 'lower';
  return higher === higherIsBetter ? 'better' : 'worse';
}
