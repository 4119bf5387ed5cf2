import { relative, sep } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { readFinishedRun } from '../run-folder.js';
import type { RedisConnection } from './connect-redis.js';
import { writeReturnedFiles } from './returned-files.js';
import type { RunTask } from './run-task.js';
import type { SweepProgress } from './sweep-progress.js';
import {
  deliveriesOf,
  jobId,
  keptSeconds,
  type QueuedRun,
  queueName,
  queuePrefix,
  workProgressSchema,
} from './sweep-queue.js';

/** How to have a sweep's runs carried out by workers. */
export interface RunThroughRedisOptions {
  readonly connection: RedisConnection;
  readonly identity: QueuedRun['sweep'];
  /** The sweep's output folder. */
  readonly out: string;
  /** How often a run that crashes is begun in all. */
  readonly attempts: number;
  readonly sweep: SweepProgress;
  /** Stops waiting; what is in the queue stays there. */
  readonly signal: AbortSignal;
  /** Between two looks at the queue; default 500. */
  readonly pollMilliseconds?: number;
  /** Before a crashed run's second attempt, twice as long before the third, and so on; default 2000. */
  readonly pauseMilliseconds?: number;
}

/** Looks at the queue between two checks that it still has every run, and that there are workers. */
const looksBetweenChecks = 20;

/**
 * Puts runs into the queue and brings their results home until all have ended, or the signal says stop. May be killed and started again
 * at any time: what workers deliver meanwhile waits in Redis.
 */
export async function runThroughRedis(
  tasks: readonly RunTask[],
  {
    connection,
    identity,
    out,
    attempts,
    sweep,
    signal,
    pollMilliseconds = 500,
    pauseMilliseconds = 2000,
  }: RunThroughRedisOptions,
): Promise<void> {
  const { client, place } = connection;
  const queue = new Queue<QueuedRun>(queueName, { connection: client, prefix: queuePrefix });
  // The connection tells when it is lost.
  queue.on('error', () => undefined);
  const deliveries = deliveriesOf(identity.id, client);
  const pending = new Map(tasks.map((task) => [task.id, task]));
  /** How often each run that is being carried out has been begun. */
  const running = new Map<string, number>();

  const isOurs = (job: string): boolean => job.startsWith(`${identity.id}.`);
  const runOf = (job: string): string => job.slice(identity.id.length + 1);
  const forget = async (id: string): Promise<void> => {
    await deliveries.remove(id);
    // A job that its worker has not put away yet goes by itself.
    await queue.remove(jobId(identity.id, id)).catch(() => 0);
  };

  const enqueue = async (list: readonly RunTask[]): Promise<void> => {
    await queue.addBulk(
      list.map(({ id, experiment, folder }) => ({
        name: experiment.name,
        data: { schemaVersion: 1, sweep: identity, run: { id, folder: innerFolder(folder), experiment } },
        opts: {
          jobId: jobId(identity.id, id),
          attempts,
          backoff: { type: 'exponential', delay: pauseMilliseconds },
          removeOnComplete: true,
          removeOnFail: { age: keptSeconds },
        },
      })),
    );
  };
  const innerFolder = (folder: string): string => relative(out, folder).split(sep).join('/');

  const collect = async (): Promise<void> => {
    for (const id of await deliveries.runIds()) {
      const task = pending.get(id);
      if (task !== undefined && !(await receive(task))) continue;
      await forget(id);
    }
  };
  const receive = async (task: RunTask): Promise<boolean> => {
    const delivery = await deliveries.get(task.id);
    if (delivery === undefined) return false;
    const { host, outcome } = delivery;
    if (outcome.status === 'finished') {
      const result = await writeReturnedFiles(task.folder, outcome.files, task.experiment);
      sweep.finish(task.id, result, host);
    } else {
      sweep.change(task.id, { status: 'refused', host, reason: outcome.reason });
    }
    pending.delete(task.id);
    running.delete(task.id);
    return true;
  };

  const takeFailed = async (): Promise<void> => {
    for (const job of (await queue.getRanges(['failed'], 0, -1)).filter(isOurs)) {
      const id = runOf(job);
      const failed = pending.has(id) ? await queue.getJob(job) : undefined;
      if (failed !== undefined) {
        pending.delete(id);
        running.delete(id);
        sweep.change(id, { status: 'failed', reason: failed.failedReason, attempts: failed.attemptsStarted });
      }
      await queue.remove(job);
    }
  };

  const watchActive = async (): Promise<void> => {
    const active = (await queue.getRanges(['active'], 0, -1)).filter(isOurs).map(runOf);
    for (const id of [...running.keys()].filter((id) => !active.includes(id))) {
      const state = await queue.getJobState(jobId(identity.id, id));
      if (state !== 'waiting' && state !== 'delayed') continue;
      running.delete(id);
      const job = await queue.getJob(jobId(identity.id, id));
      const reason = state === 'delayed' ? job?.failedReason : undefined;
      sweep.change(id, { status: 'waiting', reason: reason ?? 'its worker has given it back or is gone' });
    }
    for (const id of active.filter((id) => pending.has(id))) {
      const job = await queue.getJob(jobId(identity.id, id));
      const { data } = workProgressSchema.safeParse(job?.progress);
      if (job === undefined || data === undefined) continue;
      const attempts = job.attemptsStarted;
      if (running.get(id) !== attempts) {
        running.set(id, attempts);
        sweep.change(id, {
          status: 'running',
          attempts,
          host: data.host,
          reason: undefined,
        });
      }
      if (data.progress) sweep.progress(id, data.progress);
    }
  };

  /** A Redis that came back empty, or somebody who emptied it, must not make the sweep wait for ever. */
  const replaceMissing = async (): Promise<void> => {
    const tasks = [...pending.values()];
    const found = await client
      .pipeline(tasks.map(({ id }) => ['exists', queue.toKey(jobId(identity.id, id))]))
      .exec();
    const missing = tasks.filter((_, index) => found?.[index]?.[1] === 0);
    // Only now: a worker delivers before it puts its job away.
    await collect();
    const lost = missing.filter(({ id }) => pending.has(id));
    for (const task of lost) {
      const result = readFinishedRun(task.folder, task.experiment);
      if (result === undefined) continue;
      pending.delete(task.id);
      sweep.finish(task.id, result);
    }
    const left = lost.filter(({ id }) => pending.has(id));
    if (left.length > 0) await enqueue(left);
  };

  const look = async (count: number): Promise<void> => {
    await collect();
    await takeFailed();
    await watchActive();
    if (count % looksBetweenChecks !== 0) return;
    await replaceMissing();
    if (count % (10 * looksBetweenChecks) === looksBetweenChecks && running.size === 0 && pending.size > 0) {
      if ((await queue.getWorkersCount()) === 0)
        sweep.message(
          `No worker is there yet. Start some, on any machine, with: bench work --redis ${place}`,
        );
    }
  };

  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve();
    });
    if (signal.aborted) resolve();
  });
  const work = async (): Promise<void> => {
    await collect();
    // What failed before this start gets new attempts.
    for (const job of (await queue.getRanges(['failed'], 0, -1)).filter(isOurs)) await queue.remove(job);
    await enqueue([...pending.values()]);
    for (let count = 1; pending.size > 0 && !signal.aborted; count++) {
      await look(count);
      if (pending.size > 0) await wait(pollMilliseconds, undefined, { signal }).catch(() => undefined);
    }
  };
  try {
    // While Redis is away, a command waits; the signal does not.
    const working = work();
    working.catch(() => undefined);
    await Promise.race([working, stopped]);
  } finally {
    await Promise.race([queue.close(), wait(1000)]);
  }
}
