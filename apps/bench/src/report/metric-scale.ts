import type { FoundRun } from '../records/find-runs.js';
import type { RunResult } from '../records/run-result.js';
import type { RunFiles } from './read-run-files.js';
import { valueUnit } from './value-unit.js';

/** How a metric is named and its values are written. */
export interface MetricScale {
  /** A key of an epoch's `metrics`. */
  readonly name: string;
  /** `mean absolute error, degrees`. */
  readonly title: string;
  /** Undefined where it is not known of this metric. */
  readonly higherIsBetter: boolean | undefined;
  /** What values are multiplied by to be shown: 100 for shares. */
  readonly factor: number;
}

/** How the metric of this name is shown in tables and axes. */
export function metricScale(name: string, judged?: RunResult['metric'], unit = judged?.unit): MetricScale {
  const words = name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const share = /accuracy$/i.test(name);
  return {
    name,
    title: share ? `${words}, %` : unit === undefined ? words : `${words}, ${unit}`,
    higherIsBetter: judged?.name === name ? judged.higherIsBetter : knownDirection(name),
    factor: share ? 100 : 1,
  };
}

/** How a metric of these runs is shown: in the unit of the runs that are judged by it, else in that of the first one's data. */
export function metricScaleOf(
  name: string,
  runs: readonly FoundRun[],
  files: Pick<RunFiles, 'config'>,
): MetricScale {
  const judged = runs.find(({ result }) => result.metric.name === name)?.result.metric;
  return metricScale(name, judged, judged?.unit ?? (runs[0] && valueUnit(files.config(runs[0].folder))));
}

/** Decimals that tell values of this size apart, the same for a whole column. */
export function decimalsFor({ factor }: MetricScale, values: readonly number[]): number {
  const largest = Math.max(0, ...values.map((value) => Math.abs(factor * value)));
  if (factor === 100 || largest === 0) return 1;
  return Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(largest))));
}

function knownDirection(name: string): boolean | undefined {
  if (/accuracy$/i.test(name)) return true;
  return /(error|loss)$/i.test(name) ? false : undefined;
}
