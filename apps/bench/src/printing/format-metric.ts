import type { RunResult } from '../records/run-result.js';

/** What a metric needs to be shown: its name and, where its values have one, their unit. */
export type ShownMetric = Pick<RunResult['metric'], 'name' | 'unit'>;

/** `meanAbsoluteError` -> `mean absolute error`. */
export function metricTitle(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** A share as a percentage (`72.3 %`), any other value with its unit (`3.21 degrees`). */
export function formatMetric({ name, unit }: ShownMetric, value: number): string {
  if (name === 'accuracy') return `${(100 * value).toFixed(1)} %`;
  const digits = value.toPrecision(4);
  return unit === undefined ? digits : `${digits} ${unit}`;
}
