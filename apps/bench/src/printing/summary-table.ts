import Table from 'cli-table3';
import type { RunResult } from '../records/run-result.js';

/** The table that `bench quick` ends with: one row a run, then where the runs are. */
export function summaryTable(
  runs: readonly { readonly folder: string; readonly result: RunResult }[],
): string {
  const epochs = Math.max(...runs.map(({ result }) => result.epochs));
  const table = new Table({
    head: [
      'test accuracy, %',
      ...Array.from({ length: epochs }, (_, index) => `epoch ${index + 1}`),
      'seconds',
      'images/s',
      'status',
    ],
    colAligns: ['left', ...Array.from({ length: epochs + 2 }, () => 'right' as const), 'left'],
    style: { head: [], border: [] },
  });
  for (const { result } of runs) {
    table.push([
      result.title,
      ...Array.from({ length: epochs }, (_, index) => {
        const accuracy = result.history.accuracy?.[index];
        return accuracy === undefined ? '' : (100 * accuracy).toFixed(1);
      }),
      result.seconds.toFixed(0),
      result.imagesPerSecond.toFixed(0),
      result.status,
    ]);
  }
  return [table.toString(), 'Run folders:', ...runs.map(({ folder }) => `  ${folder}`)].join('\n');
}
