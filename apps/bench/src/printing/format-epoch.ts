import type { EpochRecord } from '../records/epoch-record.js';
import { formatMetric, metricTitle } from './format-metric.js';

/** An epoch's numbers on one line, in columns that stand below each other. */
export function formatEpoch(
  {
    title,
    epochs,
    unit,
  }: { readonly title: string; readonly epochs: number; readonly unit?: string | undefined },
  record: EpochRecord,
): string {
  return [
    title.padEnd(14),
    `epoch ${String(record.epoch).padStart(String(epochs).length)}/${epochs}`,
    ...formatTestMetrics(record, unit),
    `train loss ${record.trainLoss.toFixed(4)}`,
    `test loss ${record.testLoss.toFixed(4)}`,
    `${Math.round(record.imagesPerSecond)} images/s`,
    `${(record.trainSeconds + record.testSeconds).toFixed(1)} s`,
  ].join('  ');
}

/** `test accuracy  62.5 %`, `test mean absolute error  3.214 degrees`: one text a metric. */
export function formatTestMetrics({ metrics }: EpochRecord, unit: string | undefined): string[] {
  return Object.entries(metrics).map(([name, value]) => {
    const shown = formatMetric({ name, ...(name !== 'accuracy' && unit !== undefined && { unit }) }, value);
    return `test ${metricTitle(name)} ${shown.padStart(7)}`;
  });
}
