import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Job, Queue, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import { parseExperiment } from '../experiment/parse-experiment.js';
import type { RedisConnection } from './connect-redis.js';
import { readReturnedFiles } from './returned-files.js';
import type { Runner, RunTask } from './run-task.js';
import { deliveriesOf, type QueuedRun, queuedRunSchema, queueName, queuePrefix } from './sweep-queue.js';
import { readSweepId, sweepNotesFolder } from './sweep-record.js';

/** How to serve the queue. */
export interface WorkOptions {
  readonly connection: RedisConnection;
  readonly runner: Runner;
  /** Runs at a time. */
  readonly jobs: number;
  /** Where run folders go. A sweep that keeps its own runs there finds them at once. */
  readonly out: string;
  /** Return when the queue is empty. */
  readonly untilEmpty?: boolean;
  /** Stops every run after its step and gives it back. */
  readonly signal: AbortSignal;
  readonly onMessage: (text: string) => void;
  /** Without a sign of life for so long, a worker counts as dead; default 30 000. */
  readonly lockMilliseconds?: number;
}

const emptyMilliseconds = 1000;
/** So many looks in a row must find nothing: a sweep that was started at the same time may still be filling the queue. */
const emptyLooks = 3;
const busyMilliseconds = 2000;
/** How long a worker that was told to stop waits for Redis, to give back what it has not finished. */
const partingMilliseconds = 5000;

/** Takes runs from the queue and carries them out, until the signal says stop or, if so asked, the queue is empty. */
export async function workThroughRedis({
  connection: { client },
  runner,
  jobs,
  out,
  untilEmpty = false,
  signal,
  onMessage,
  lockMilliseconds = 30_000,
}: WorkOptions): Promise<void> {
  const host = hostname();
  let active = 0;

  const carryOut = async (job: Job<QueuedRun>, token: string | undefined): Promise<void> => {
    const { sweep, run, task } = readJob(job, out);
    const deliveries = deliveriesOf(sweep.id, client);
    // A worker that had counted as dead has delivered it after all.
    if (await deliveries.has(run.id)) return;
    const name = `${task.experiment.title}, seed ${task.experiment.seed}`;
    onMessage(`begun: ${name}, in ${task.folder}`);
    await job.updateProgress({ host });
    for (;;) {
      active += 1;
      const outcome = await runner(task, {
        signal,
        onProgress(progress) {
          // Only for show, and Redis may be away.
          job.updateProgress({ host, progress }).catch(() => undefined);
        },
      }).finally(() => {
        active -= 1;
      });
      switch (outcome.status) {
        case 'finished':
          onMessage(`${outcome.result.status}: ${name}`);
          await deliveries.put(run.id, { status: 'finished', files: readReturnedFiles(task.folder) });
          return;
        case 'refused':
          onMessage(`refused: ${name}: ${outcome.reason}`);
          await deliveries.put(run.id, { status: 'refused', reason: outcome.reason });
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
          throw new Error(`on ${host}, ${outcome.reason}`);
      }
    }
  };

  const worker = new Worker<QueuedRun>(queueName, carryOut, {
    connection: client,
    prefix: queuePrefix,
    name: host,
    concurrency: jobs,
    lockDuration: lockMilliseconds,
    stalledInterval: lockMilliseconds / 2,
    // A long run may outlive many a worker.
    maxStalledCount: 1000,
    runRetryDelay: 1000,
    drainDelay: untilEmpty ? 1 : 5,
  });
  // The connection tells when it is lost; a lock that was lost with it does no harm, because results are delivered apart.
  worker.on('error', (error) => {
    if (process.env.DEBUG) onMessage(error.stack ?? error.message);
  });
  try {
    await Promise.race([aborted(signal), ...(untilEmpty ? [queueIsEmpty(client, signal)] : [])]);
  } finally {
    await close(worker, () => active);
  }
}

function readJob(
  job: Job<QueuedRun>,
  out: string,
): { readonly sweep: QueuedRun['sweep']; readonly run: QueuedRun['run']; readonly task: RunTask } {
  try {
    const { sweep, run } = queuedRunSchema.parse(job.data);
    // Elsewhere a folder of this sweep alone, so that an earlier sweep's run is never taken for this one's.
    const shared = readSweepId(out, sweep.name) === sweep.id;
    const folder = shared ? out : join(out, 'remote', `${sweep.name}-${sweep.id.slice(0, 8)}`);
    const task = {
      id: run.id,
      experiment: parseExperiment(run.experiment, run.id),
      folder: join(folder, run.folder),
      notesFolder: sweepNotesFolder(folder, sweep.name),
    };
    return { sweep, run, task };
  } catch (error) {
    throw new UnrecoverableError(
      `${hostname()} cannot read the run; does its bench have another version than the sweep's? ${(error as Error).message}`,
    );
  }
}

async function queueIsEmpty(client: RedisConnection['client'], signal: AbortSignal): Promise<void> {
  const queue = new Queue(queueName, { connection: client, prefix: queuePrefix });
  queue.on('error', () => undefined);
  try {
    for (let empty = 0; !signal.aborted;) {
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed');
      empty = Object.values(counts).every((count) => count === 0) ? empty + 1 : 0;
      if (empty === emptyLooks) return;
      await wait(emptyMilliseconds, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await Promise.race([queue.close(), wait(partingMilliseconds)]);
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}

/** Waits for the runs in hand and gives back what is not finished; without Redis, others take it up when its lock runs out. */
async function close(worker: Worker, active: () => number): Promise<void> {
  const closing = worker.close().then(() => true);
  for (let idle = 0; idle < partingMilliseconds; idle = active() === 0 ? idle + 100 : 0) {
    if (await Promise.race([closing, wait(100, false)])) return;
  }
}
