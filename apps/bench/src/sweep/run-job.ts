import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Job, type Queue, UnrecoverableError, WaitingError } from 'bullmq';
import type { Redis } from 'ioredis';
import { UserError } from '../records/user-error.js';
import type { AllowedFolders } from './allowed-folders.js';
import { type Deliveries, deliveriesOf } from './deliveries.js';
import { experimentFiles, readsOwnFiles } from './experiment-files.js';
import { readJob, type ReadJob } from './read-job.js';
import { removeUnreadableJobs } from './remove-unreadable-jobs.js';
import { readReturnedFiles } from './returned-files.js';
import type { Runner, RunTask } from './run-task.js';
import type { SetAside } from './set-aside.js';
import type { SweepKey } from './sweep-key.js';
import { signatureProblem } from './sweep-queue.js';

const busyMilliseconds = 2000;

/** How a worker runs its jobs. */
export interface RunJobOptions {
  readonly client: Redis;
  readonly queue: Queue;
  readonly runner: Runner;
  /** Where run folders go. */
  readonly out: string;
  /** What experiments may name. */
  readonly mayRead: AllowedFolders;
  readonly key: SweepKey | undefined;
  readonly setAside: SetAside;
  readonly signal: AbortSignal;
  readonly onMessage: (text: string) => void;
}

/**
 * Runs a job and delivers what comes of it.
 *
 * @throws {Error} What the queue keeps as the reason why the job failed, or is tried again.
 */
export async function runJob(job: Job, token: string | undefined, options: RunJobOptions): Promise<void> {
  const { client, queue, runner, mayRead, key, setAside, signal, onMessage } = options;
  const host = hostname();
  // The library could not put such a job away.
  if ((await removeUnreadableJobs(queue, client, setAside, [job.id ?? ''])) > 0) return;
  const opened = await open(job, options);
  // Taken away meanwhile.
  if (opened === undefined) return;
  const { queued, task } = opened;
  const { sweep, run } = queued;
  const deliveries = deliveriesOf(sweep.id, client, {
    key,
    onDamage(item) {
      setAside.add(item);
    },
  });
  // A worker that had counted as dead has delivered it after all.
  if (await isDelivered(deliveries, run.id)) return;
  const name = `${task.experiment.title.slice(0, 200)}, seed ${task.experiment.seed}`;
  const refuse = async (reason: string, sent = reason): Promise<void> => {
    onMessage(`refused: ${name}: ${reason}`);
    await deliveries.put(run.id, { status: 'refused', reason: sent });
  };
  const forbidden = experimentFiles(task.experiment).find(({ path }) => !mayRead(path));
  if (forbidden !== undefined) {
    await refuse(
      `${forbidden.setting} is ${forbidden.path.slice(0, 200)}, and the worker on ${host} may not read there; start it with --read <folder>, or name what is in its --out or --data-folder.`,
    );
    return;
  }
  onMessage(`begun: ${name}, in ${task.folder}`);
  await job.updateProgress({ host });
  for (;;) {
    const outcome = await runner(task, {
      signal,
      onProgress(progress) {
        // Only for show, and Redis may be away.
        job.updateProgress({ host, progress }).catch(() => undefined);
      },
    });
    switch (outcome.status) {
      case 'finished':
        onMessage(`${outcome.result.status}: ${name}`);
        await deliver(task, deliveries, run.id);
        return;
      case 'refused':
        await refuse(outcome.reason, reasonFor(task, outcome.reason, host));
        return;
      case 'interrupted':
        onMessage(`given back: ${name}`);
        await job.moveToWait(token);
        throw new WaitingError();
      case 'busy':
        onMessage(`waiting: ${outcome.reason}`);
        await wait(busyMilliseconds, undefined, { signal }).catch(() => undefined);
        break;
      case 'crashed':
        onMessage(`crashed: ${name}: ${outcome.reason}`);
        throw new Error(`on ${host}, ${reasonFor(task, outcome.reason, host)}`);
    }
  }
}

/** Reads a job as it is in Redis; one that cannot be used is set aside, and fails. */
async function open(
  job: Job,
  { client, queue, out, key, setAside }: RunJobOptions,
): Promise<ReadJob | undefined> {
  const id = job.id ?? '';
  const text = await client.hget(queue.toKey(id), 'data');
  if (text === null) return undefined;
  const fail = (reason: string): string => {
    setAside.add({ what: `Job ${id.slice(0, 200)}`, reason, text });
    return reason;
  };
  let read: ReadJob;
  try {
    read = readJob(text, out);
  } catch (error) {
    throw new UnrecoverableError(fail((error as Error).message));
  }
  const problem = signatureProblem(read.queued, key);
  // Not for good: another worker may have the key.
  if (problem !== undefined) throw new Error(fail(`on ${hostname()}, ${problem}`));
  return read;
}

async function isDelivered(deliveries: Deliveries, runId: string): Promise<boolean> {
  try {
    return (await deliveries.get(runId)) !== undefined;
  } catch (error) {
    // What the sweep would set aside is none.
    if (error instanceof UserError) return false;
    throw error;
  }
}

async function deliver(task: RunTask, deliveries: Deliveries, runId: string): Promise<void> {
  try {
    await deliveries.put(runId, { status: 'finished', files: readReturnedFiles(task.folder) });
  } catch (error) {
    // Its files are too large or gone: the next attempt would end the same way.
    throw error instanceof UserError ? new UnrecoverableError(`on ${hostname()}, ${error.message}`) : error;
  }
}

/** What goes back to the sweep: others read it in Redis, and what a run says may quote the files that it reads. */
function reasonFor({ id, experiment, notesFolder }: RunTask, reason: string, host: string): string {
  return readsOwnFiles(experiment)
    ? `its output says why, in ${join(notesFolder, `${id}.log`)} on ${host}; it is not sent, because it may quote that machine's files`
    : reason;
}
