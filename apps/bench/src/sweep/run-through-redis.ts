import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readFinishedRun } from '../records/run-folder.js';
import { UserError } from '../records/user-error.js';
import type { RedisConnection } from './connect-redis.js';
import { deliveriesOf } from './deliveries.js';
import { explainRedisError } from './explain-redis-error.js';
import { checkReturnedFiles, writeReturnedFiles } from './returned-files.js';
import type { RunTask } from './run-task.js';
import { createSetAside, type SetAside } from './set-aside.js';
import { openSweepJobs } from './sweep-jobs.js';
import type { SweepKey } from './sweep-key.js';
import type { SweepProgress } from './sweep-progress.js';
import { type QueuedRun, workProgressSchema } from './sweep-queue.js';
import { sweepNotesFolder } from './sweep-record.js';
import { runConfig } from '../experiment/same-run.js';

/** How to have a sweep's runs carried out by workers. */
export interface RunThroughRedisOptions {
  readonly connection: RedisConnection;
  readonly identity: QueuedRun['sweep'];
  /** Shared with workers: signs jobs, and other results are refused. */
  readonly key?: SweepKey | undefined;
  /** The sweep's output folder. */
  readonly out: string;
  /** How often a run that crashes is begun in all, and one for which nothing usable comes. */
  readonly attempts: number;
  readonly sweep: SweepProgress;
  /** Where what comes and cannot be used goes; default `set-aside` in the sweep's own folder. */
  readonly setAside?: SetAside;
  /** Stops waiting; what is in the queue stays there. */
  readonly signal: AbortSignal;
  /** Between two looks at the queue; default 500. */
  readonly pollMilliseconds?: number;
  /** Before a crashed run's second attempt, twice as long before the third, and so on; default 2000. */
  readonly pauseMilliseconds?: number;
}

/** Looks at the queue between two checks that it still has every run, and that there are workers. */
const looksBetweenChecks = 20;
const longestReason = 2000;

/**
 * Puts runs into the queue and brings their results home until all have ended, or the signal says stop. May be killed and started again
 * at any time: what workers deliver meanwhile waits in Redis.
 *
 * @throws UserError when a result cannot be written, or Redis does not do what it is asked.
 */
export async function runThroughRedis(
  tasks: readonly RunTask[],
  {
    connection,
    identity,
    key,
    out,
    attempts,
    sweep,
    setAside = createSetAside(join(sweepNotesFolder(out, identity.name), 'set-aside'), sweep.message),
    signal,
    pollMilliseconds = 500,
    pauseMilliseconds = 2000,
  }: RunThroughRedisOptions,
): Promise<void> {
  const { client, place } = connection;
  const jobs = openSweepJobs({ client, identity, key, out, attempts, pauseMilliseconds, setAside });
  const deliveries = deliveriesOf(identity.id, client, { key, onDamage: setAside.add });
  const pending = new Map(tasks.map((task) => [task.id, task]));
  /** How often each run that is being carried out has been begun. */
  const running = new Map<string, number>();
  /** Why each run's last job has come to nothing, where that was not the run's fault. */
  const spoiled = new Map<string, string>();
  /** How often each run was put into the queue again for that. */
  const tries = new Map<string, number>();

  const end = (id: string): void => {
    pending.delete(id);
    running.delete(id);
  };

  const collect = async (): Promise<void> => {
    for (const id of await deliveries.runIds()) {
      const task = pending.get(id);
      if (task !== undefined && !(await receive(task))) continue;
      await deliveries.remove(id);
      // A job that its worker has not put away yet goes by itself.
      await jobs.remove(id);
    }
  };

  /** Whether the run has ended with what a worker sent. */
  const receive = async (task: RunTask): Promise<boolean> => {
    const { id, folder, experiment } = task;
    let delivery;
    try {
      delivery = await deliveries.get(id);
      if (delivery?.outcome.status === 'finished')
        checkReturnedFiles(delivery.outcome.files, experiment, folder);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const reason = error.message.slice(0, longestReason);
      setAside.add({ what: `What came for ${id}`, reason, text: await deliveries.peek(id) });
      spoiled.set(id, reason);
      // The job stays: where a worker still has it, a good delivery may follow.
      await deliveries.remove(id);
      return false;
    }
    if (delivery === undefined) return false;
    const { host, outcome } = delivery;
    if (outcome.status === 'finished')
      sweep.finish(id, await writeReturnedFiles(folder, outcome.files, experiment), host);
    else sweep.change(id, { status: 'refused', host, reason: outcome.reason.slice(0, longestReason) });
    end(id);
    return true;
  };

  const takeFailed = async (): Promise<void> => {
    for (const id of await jobs.runIds('failed')) {
      const task = pending.get(id);
      const failed = task === undefined ? undefined : await jobs.read(id);
      if (task !== undefined && failed !== undefined) {
        const text = await jobs.changedText(task);
        if (text === undefined) {
          end(id);
          const reason = reasonOf(failed);
          sweep.change(id, { status: 'failed', reason, attempts: failed.attemptsStarted });
        } else {
          const reason = 'it is not what this sweep put into the queue';
          setAside.add({ what: `The job of ${id}`, reason, text });
          spoiled.set(id, `its job in the queue was changed: ${reason}`);
        }
      }
      await jobs.remove(id);
    }
  };

  const watchActive = async (): Promise<void> => {
    const active = await jobs.runIds('active');
    for (const id of [...running.keys()].filter((id) => !active.includes(id))) {
      const state = await jobs.state(id);
      if (state !== 'waiting' && state !== 'delayed') continue;
      running.delete(id);
      const job = await jobs.read(id);
      const reason = state === 'delayed' && job !== undefined ? reasonOf(job) : undefined;
      sweep.change(id, { status: 'waiting', reason: reason ?? 'its worker has given it back or is gone' });
    }
    for (const id of active.filter((id) => pending.has(id))) {
      const job = await jobs.read(id);
      const { data } = workProgressSchema.safeParse(job?.progress);
      if (job === undefined || data === undefined) continue;
      if (running.get(id) !== job.attemptsStarted) {
        running.set(id, job.attemptsStarted);
        const { host } = data;
        sweep.change(id, { status: 'running', attempts: job.attemptsStarted, host, reason: undefined });
      }
      if (data.progress) sweep.progress(id, data.progress);
    }
  };

  /** A Redis that came back empty, or somebody who emptied it, must not make the sweep wait for ever. */
  const replaceMissing = async (): Promise<void> => {
    const missing = await jobs.missing([...pending.values()]);
    // Only now: a worker delivers before it puts its job away.
    await collect();
    const again: RunTask[] = [];
    for (const task of missing.filter(({ id }) => pending.has(id))) {
      const { id, folder, experiment } = task;
      const result = readFinishedRun(folder, runConfig(experiment));
      const reason = spoiled.get(id);
      spoiled.delete(id);
      if (reason !== undefined) tries.set(id, (tries.get(id) ?? 1) + 1);
      if (result !== undefined) {
        end(id);
        sweep.finish(id, result);
      } else if (reason !== undefined && tries.get(id)! > attempts) {
        end(id);
        sweep.change(id, { status: 'failed', reason });
      } else again.push(task);
    }
    if (again.length > 0) await jobs.add(again);
  };

  const look = async (count: number): Promise<void> => {
    await collect();
    await takeFailed();
    await watchActive();
    if (count % looksBetweenChecks !== 0 && spoiled.size === 0) return;
    await replaceMissing();
    if (count % (10 * looksBetweenChecks) === looksBetweenChecks && running.size === 0 && pending.size > 0) {
      if ((await jobs.workers()) === 0)
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
    for (const id of await jobs.runIds('failed')) await jobs.remove(id);
    await jobs.add([...pending.values()]);
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
  } catch (error) {
    throw explainRedisError(error, connection);
  } finally {
    await Promise.race([jobs.close(), wait(1000)]);
  }
}

/** Why a job has failed, as the queue keeps it: one that others have put there may lack it. */
function reasonOf({ failedReason }: { readonly failedReason?: string | undefined }): string | undefined {
  return failedReason?.slice(0, longestReason);
}
