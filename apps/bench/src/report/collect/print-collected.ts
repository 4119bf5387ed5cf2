import { relative } from 'node:path';
import { printJson } from '../../printing/print-json.js';
import { printableLine } from '../../records/printable.js';
import { collectResults } from './collect-results.js';

/** What `bench collect` was asked for. */
export interface CollectCommandOptions {
  readonly into: string;
  readonly alone?: true;
  readonly replace?: true;
  readonly json?: true;
}

/** Collects results and says what became of each run; fails when one was refused, after the others have been collected. */
export function printCollected(runs: string, { into, alone, replace, json }: CollectCommandOptions): void {
  const outcome = collectResults(runs, {
    into,
    timing: alone ? 'alone' : 'beside other work',
    replace: replace ?? false,
  });
  const { collected, refused, unfinished } = outcome;
  if (json) printJson(outcome);
  else {
    for (const { folder, state } of collected)
      if (state !== 'unchanged') process.stdout.write(`${state.padEnd(8)}  ${relative('.', folder)}\n`);
    const unchanged = collected.filter(({ state }) => state === 'unchanged').length;
    process.stdout.write(
      `${collected.length - unchanged} collected, ${unchanged} unchanged, ${unfinished.length} unfinished, ${refused.length} refused.\n`,
    );
  }
  for (const { reason } of refused) process.stderr.write(`Refused: ${printableLine(reason)}\n`);
  if (refused.length > 0) process.exitCode = 1;
}
