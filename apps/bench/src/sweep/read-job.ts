import { hostname } from 'node:os';
import { join } from 'node:path';
import { parseExperiment } from '../experiment/parse-experiment.js';
import { UserError } from '../records/user-error.js';
import type { RunTask } from './run-task.js';
import { parseQueuedRun, type QueuedRun } from './sweep-queue.js';
import { readSweepRecord, sweepNotesFolder } from './sweep-record.js';

/** What a worker makes of a job. */
export interface ReadJob {
  readonly queued: QueuedRun;
  readonly task: RunTask;
}

/**
 * Reads a job's text and says where its run goes.
 *
 * @param out - The worker's output folder.
 * @throws UserError when this version cannot run it.
 */
export function readJob(text: string, out: string): ReadJob {
  try {
    const queued = parseQueuedRun(text);
    const { sweep, run } = queued;
    // Only where the sweep's own record has the run at this place: a job alone must not choose among the sweep's folders.
    const record = readSweepRecord(out, sweep.name);
    const shared = record?.id === sweep.id && record.has(run.id, run.folder);
    // Elsewhere a folder of this sweep alone, so that an earlier sweep's run is never taken for this one's.
    const folder = shared ? out : join(out, 'remote', `${sweep.name}-${sweep.id.slice(0, 8)}`);
    const task = {
      id: run.id,
      experiment: parseExperiment(run.experiment, run.id),
      folder: join(folder, run.folder),
      notesFolder: sweepNotesFolder(folder, sweep.name),
    };
    return { queued, task };
  } catch (error) {
    throw new UserError(
      `${hostname()} cannot read the run; does its bench have another version than the sweep's? ${(error as Error).message}`,
      { cause: error },
    );
  }
}
