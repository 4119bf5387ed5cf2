import { join } from 'node:path';
import { printJson } from '../printing/print-json.js';
import { benchCommand } from './child-runner.js';
import type { PlannedRun } from './plan-sweep.js';
import { shellWord } from '../printing/shell-word.js';

/** Where the plan's runs go and how it is printed. */
export interface PlanOptions {
  readonly out: string;
  readonly dataFolder?: string;
  readonly json?: true;
}

/**
 * Prints one shell command a line for each run, for schedulers.
 *
 * @param finished - How many runs of the sweep are left out because they are done.
 */
export function printPlan(
  runs: readonly PlannedRun[],
  finished: number,
  { out, dataFolder, json }: PlanOptions,
): void {
  const commands = runs.map(({ id, folder, words }) => ({
    id,
    folder: join(out, folder),
    command: [
      ...benchCommand(),
      ...['run', ...words, '--out', join(out, folder), '--resume'],
      ...(dataFolder === undefined ? [] : ['--data-folder', dataFolder]),
    ],
  }));
  if (json) {
    printJson(commands);
    return;
  }
  for (const { command } of commands) process.stdout.write(`${command.map(shellWord).join(' ')}\n`);
  process.stderr.write(
    `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}${finished === 0 ? '' : `; ${finished} finished before`}.\n`,
  );
}
