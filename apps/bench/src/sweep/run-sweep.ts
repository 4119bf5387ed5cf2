import { join } from 'node:path';
import { threadsPerJob } from './threads-per-job.js';
import { readFinishedRun } from '../records/run-folder.js';
import { stopSignal } from '../printing/stop-signal.js';
import { UserError } from '../records/user-error.js';
import { childRunner } from './child-runner.js';
import type { RedisConnection } from './connect-redis.js';
import { planSweep } from './plan-sweep.js';
import { printPlan } from './print-plan.js';
import { readSweep } from './read-sweep.js';
import { runLocally } from './run-locally.js';
import type { RunTask } from './run-task.js';
import { summariseSweep } from './summarise-sweep.js';
import type { SweepRun } from './sweep-event.js';
import { endOf, followSweep } from './sweep-progress.js';
import { createSetAside } from './set-aside.js';
import { readSweepKey } from './sweep-key.js';
import { openSweepRecord, sweepNotesFolder } from './sweep-record.js';
import { createSweepReporter } from './sweep-reporter.js';
import { runConfig } from '../experiment/same-run.js';

/** What `bench sweep` was asked for. */
export interface SweepOptions {
  readonly out: string;
  readonly jobs?: number;
  readonly attempts: number;
  readonly redis?: string;
  readonly keyFile?: string;
  readonly plan?: true;
  readonly dataFolder?: string;
  readonly limitImages?: number;
  readonly epochs?: number;
  readonly json?: true;
}

/** Carries out a sweep, or prints its plan. */
export async function runSweep(file: string, options: SweepOptions): Promise<void> {
  const { out, redis, jobs, dataFolder, attempts, json } = options;
  if (redis !== undefined && (jobs !== undefined || dataFolder !== undefined)) {
    throw new UserError(
      `With --redis the workers carry out the runs: give ${jobs === undefined ? '--data-folder' : '--jobs'} to bench work.`,
    );
  }
  if (redis === undefined && options.keyFile !== undefined)
    throw new UserError('--key-file is for --redis: a sweep on this machine sends nothing.');
  const key = redis === undefined ? undefined : readSweepKey(options.keyFile);
  const definition = readSweep(file);
  const planned = planSweep(definition, file, options);
  const before = new Map(
    planned.map(({ id, folder, experiment }) => [
      id,
      readFinishedRun(join(out, folder), runConfig(experiment)),
    ]),
  );
  const left = planned.filter(({ id }) => before.get(id) === undefined);
  if (options.plan) {
    printPlan(left, planned.length - left.length, options);
    return;
  }

  const { name } = definition;
  const started = performance.now();
  const reporter = createSweepReporter(process.stderr);
  const tell = (text: string): void => {
    reporter.report({ kind: 'message', text });
  };
  const stop = stopSignal(() => {
    tell(
      redis === undefined
        ? 'Stopping every run after its step; press Ctrl-C again to stop at once.'
        : 'Stopping; the runs in the queue stay there.',
    );
  });
  try {
    // Before anything is written: Redis may be down.
    const connection = redis === undefined ? undefined : await connect(redis, tell);
    const record = openSweepRecord(out, name);
    const runs = planned.map(({ id, experiment, folder }): SweepRun => {
      const result = before.get(id);
      const end = result === undefined ? { status: 'waiting' as const } : endOf(result);
      return { id, title: experiment.title, seed: experiment.seed, folder, attempts: 0, ...end, result };
    });
    const sweep = followSweep({ name, out, runs }, { record, reporter });
    const notesFolder = sweepNotesFolder(out, name);
    const tasks = left.map(({ id, experiment, folder }): RunTask => ({
      id,
      experiment,
      folder: join(out, folder),
      notesFolder,
    }));
    const setAside = createSetAside(join(notesFolder, 'set-aside'), tell);
    const { signal } = stop;
    try {
      if (connection === undefined) {
        const runner = childRunner({ dataFolder, threads: threadsPerJob(jobs) });
        await runLocally(tasks, { jobs: jobs ?? 1, attempts, runner, sweep, signal });
      } else {
        const { runThroughRedis } = await import('./run-through-redis.js');
        const identity = { id: record.id, name };
        await runThroughRedis(tasks, {
          ...{ connection, identity, key, out, attempts, sweep, setAside, signal },
        });
      }
    } finally {
      connection?.close();
      sweep.close();
      reporter.close();
    }
    const seconds = (performance.now() - started) / 1000;
    summariseSweep(sweep.runs, { name, out, seconds, setAside, json });
  } finally {
    reporter.close();
    stop.release();
  }
}

async function connect(url: string, tell: (text: string) => void): Promise<RedisConnection> {
  const { connectRedis } = await import('./connect-redis.js');
  return connectRedis(url, tell);
}
