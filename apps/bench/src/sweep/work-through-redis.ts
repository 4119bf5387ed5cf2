import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';
import { type AllowedFolders, allowedFolders } from './allowed-folders.js';
import type { RedisConnection } from './connect-redis.js';
import { explainRedisError, isWrongType } from './explain-redis-error.js';
import { queueIsEmpty } from './queue-is-empty.js';
import { removeUnreadableJobs } from './remove-unreadable-jobs.js';
import { runJob } from './run-job.js';
import type { Runner } from './run-task.js';
import { createSetAside } from './set-aside.js';
import type { SweepKey } from './sweep-key.js';
import { keptSeconds, type QueuedRun, queueName, queuePrefix } from './sweep-queue.js';

/** How to serve the queue. */
export interface WorkOptions {
  readonly connection: RedisConnection;
  readonly runner: Runner;
  /** Runs at a time. */
  readonly jobs: number;
  /** Where run folders go. A sweep that keeps its own runs there finds them at once. */
  readonly out: string;
  /** What experiments may name; default what is in `out`. */
  readonly mayRead?: AllowedFolders;
  /** Shared with sweeps: other jobs are refused, and results signed. */
  readonly key?: SweepKey | undefined;
  /** Return when the queue is empty. */
  readonly untilEmpty?: boolean;
  /** Stops every run after its step and gives it back. */
  readonly signal: AbortSignal;
  readonly onMessage: (text: string) => void;
  /** Without a sign of life for so long, a worker counts as dead; default 30 000. */
  readonly lockMilliseconds?: number;
}

/** Of the jobs that no sweep removes, the queue keeps so many. */
const mostFailed = 1000;
/** How long a worker that was told to stop waits for Redis, to give back what it has not finished. */
const partingMilliseconds = 5000;

/** Takes runs from the queue and carries them out, until the signal says stop or, if so asked, the queue is empty. */
export async function workThroughRedis({
  connection,
  runner,
  jobs,
  out,
  mayRead = allowedFolders([out]),
  key,
  untilEmpty = false,
  signal,
  onMessage,
  lockMilliseconds = 30_000,
}: WorkOptions): Promise<void> {
  const { client, hide } = connection;
  let active = 0;
  const counted: Runner = async (task, options) => {
    active += 1;
    return runner(task, options).finally(() => {
      active -= 1;
    });
  };
  const queue = new Queue<QueuedRun>(queueName, { connection: client, prefix: queuePrefix });
  queue.on('error', () => undefined);
  const setAside = createSetAside(join(out, 'remote', 'set-aside'), onMessage);
  const options = { client, queue, runner: counted, out, mayRead, key, setAside, signal, onMessage };
  const worker = new Worker<QueuedRun>(queueName, (job, token) => runJob(job, token, options), {
    connection: client,
    prefix: queuePrefix,
    name: hostname(),
    concurrency: jobs,
    lockDuration: lockMilliseconds,
    stalledInterval: lockMilliseconds / 2,
    // A long run may outlive many a worker.
    maxStalledCount: 1000,
    runRetryDelay: 1000,
    drainDelay: untilEmpty ? 1 : 5,
    removeOnComplete: { count: 0 },
    removeOnFail: { age: keptSeconds, count: mostFailed },
  });
  // The library reports a job that it cannot read only once it has taken it.
  let looking: Promise<unknown> | undefined;
  const lookForUnreadable = (): void => {
    looking ??= removeUnreadableJobs(queue, client, setAside)
      .catch((error: unknown) => {
        if (!signal.aborted) reportOnce(error as Error);
      })
      .finally(() => {
        looking = undefined;
      });
  };
  let reported = false;
  const reportOnce = (error: Error): void => {
    if (reported || !isWrongType(error.message)) return;
    reported = true;
    onMessage((explainRedisError(error, connection) as Error).message);
  };
  // The connection tells when it is lost; a lock that was lost with it does no harm, because results are delivered apart.
  worker.on('error', (error) => {
    if (process.env.DEBUG) onMessage(hide(error.stack ?? error.message));
    if (client.status !== 'ready' || signal.aborted) return;
    reportOnce(error);
    lookForUnreadable();
  });
  try {
    await Promise.race([aborted(signal), ...(untilEmpty ? [queueIsEmpty(queue, client, signal)] : [])]);
  } catch (error) {
    throw explainRedisError(error, connection);
  } finally {
    await close(worker, () => active);
    await Promise.race([Promise.allSettled([looking, queue.close()]), wait(partingMilliseconds)]);
    if (setAside.count > 0) onMessage(`${setAside.count} jobs were set aside, in ${setAside.folder}.`);
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
