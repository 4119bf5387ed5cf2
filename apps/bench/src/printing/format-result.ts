import type { EpochRecord } from '../records/epoch-record.js';
import { printableLine } from '../records/printable.js';
import type { RunResult } from '../records/run-result.js';

/** A run's result in a few lines, for the terminal. */
export function formatResult(result: RunResult): string {
  const { title, seed, status, metric, final, best, seconds, imagesPerSecond } = result;
  const line = (label: string, record: EpochRecord | null): string => {
    const shown = record === null ? 'no epoch finished' : formatMetrics(record.metrics, metric.unit);
    return `  ${label} ${shown}${record === null ? '' : `, epoch ${record.epoch}`}`;
  };
  return [
    `${printableLine(title)}, seed ${seed}: ${status}`,
    line('final:', final),
    line('best on the test set:', best),
    `  ${seconds.toFixed(0)} s, ${imagesPerSecond.toFixed(0)} images/s`,
  ].join('\n');
}

function formatMetrics(metrics: EpochRecord['metrics'], unit = ''): string {
  return Object.entries(metrics)
    .map(([name, value]) =>
      name === 'accuracy'
        ? `accuracy ${(100 * value).toFixed(2)} %`
        : `mean absolute error ${value.toPrecision(4)} ${unit}`.trimEnd(),
    )
    .join(', ');
}
