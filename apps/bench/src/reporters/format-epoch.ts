import type { EpochRecord } from '../epoch-record.js';

/** An epoch's numbers on one line, in columns that stand below each other. */
export function formatEpoch(title: string, epochs: number, record: EpochRecord): string {
  return [
    title.padEnd(14),
    `epoch ${String(record.epoch).padStart(String(epochs).length)}/${epochs}`,
    `test accuracy ${(100 * record.testAccuracy).toFixed(1).padStart(5)} %`,
    `train loss ${record.trainLoss.toFixed(4)}`,
    `test loss ${record.testLoss.toFixed(4)}`,
    `${Math.round(record.imagesPerSecond)} images/s`,
    `${(record.trainSeconds + record.testSeconds).toFixed(1)} s`,
  ].join('  ');
}
