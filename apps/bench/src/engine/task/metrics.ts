import type { RunResult } from '../../records/run-result.js';

type Metric = RunResult['metric'];

/** The share of test images whose label is right. */
export const accuracyMetric: Metric = { name: 'accuracy', higherIsBetter: true };

/** The mean absolute difference between a test image's value and its prediction, in the value's unit. */
export function errorMetric(unit: string | undefined): Metric {
  return { name: 'meanAbsoluteError', higherIsBetter: false, ...(unit === undefined ? {} : { unit }) };
}
