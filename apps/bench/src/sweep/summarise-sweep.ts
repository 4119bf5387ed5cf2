import { join } from 'node:path';
import { printJson } from '../printing/print-json.js';
import { UserError } from '../records/user-error.js';
import type { SetAside } from './set-aside.js';
import type { SweepRun } from './sweep-event.js';
import { sweepNotesFolder } from './sweep-record.js';

/**
 * Prints how a sweep ended: a line, or one JSON document.
 *
 * @throws UserError when not every run has completed.
 */
export function summariseSweep(
  runs: readonly SweepRun[],
  {
    name,
    out,
    seconds,
    setAside,
    json,
  }: {
    readonly name: string;
    readonly out: string;
    readonly seconds: number;
    readonly setAside: SetAside;
    readonly json: true | undefined;
  },
): void {
  const count = (...statuses: SweepRun['status'][]): number =>
    runs.filter(({ status }) => statuses.includes(status)).length;
  const counts = (
    [['completed'], ['diverged'], ['refused'], ['failed'], ['interrupted', 'waiting', 'running']] as const
  )
    .map((statuses) => ({ label: statuses.length === 1 ? statuses[0] : 'left', runs: count(...statuses) }))
    .filter(({ label, runs }) => runs > 0 || label === 'completed');
  if (json) printJson({ name, out, runs, seconds, setAside: setAside.count });
  else {
    const bad = setAside.count === 0 ? '' : ` ${setAside.count} set aside, in ${setAside.folder}.`;
    process.stdout.write(
      `${counts.map(({ label, runs }) => `${runs} ${label}`).join(', ')}; ${seconds.toFixed(0)} s. Runs in ${out}.${bad}\n`,
    );
  }
  const left = count('interrupted', 'waiting', 'running');
  if (left > 0) {
    throw new UserError(
      `Interrupted with ${left} of ${runs.length} runs left. Everything so far is kept; type the same command to go on.`,
      { exitCode: 1 },
    );
  }
  const bad = runs.filter(({ status }) => ['diverged', 'refused', 'failed'].includes(status));
  if (bad.length > 0) {
    const { id, title, seed, status, reason } = bad[0]!;
    const more = bad.length === 1 ? '' : `, and so on for ${bad.length - 1} more`;
    throw new UserError(
      `${bad.length} of ${runs.length} runs did not complete. ${title}, seed ${seed} ${statusVerb(status)}: ${reason ?? ''}${more} ` +
        `(see ${join(sweepNotesFolder(out, name), `${id}.log`)}).`,
      { exitCode: 1 },
    );
  }
}

function statusVerb(status: SweepRun['status']): string {
  return status === 'refused' ? 'was refused' : status;
}
