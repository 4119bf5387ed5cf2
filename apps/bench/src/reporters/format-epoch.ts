import type { EpochRecord } from '../epoch-record.js';

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
    ...formatMetrics(record.metrics, unit),
    `train loss ${record.trainLoss.toFixed(4)}`,
    `test loss ${record.testLoss.toFixed(4)}`,
    `${Math.round(record.imagesPerSecond)} images/s`,
    `${(record.trainSeconds + record.testSeconds).toFixed(1)} s`,
  ].join('  ');
}

function formatMetrics(metrics: EpochRecord['metrics'], unit = ''): string[] {
  return Object.entries(metrics).map(([name, value]) => {
    if (name === 'accuracy') return `test accuracy ${(100 * value).toFixed(1).padStart(5)} %`;
    if (name === 'meanAbsoluteError')
      return `test error ${value.toPrecision(4).padStart(6)} ${unit}`.trimEnd();
    return `${name} ${value.toPrecision(4)}`;
  });
}
