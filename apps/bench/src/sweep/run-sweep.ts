import { join } from 'node:path';
import { printJson } from '../print-json.js';
import { readFinishedRun } from '../run-folder.js';
import { stopSignal } from '../stop-signal.js';
import { UserError } from '../user-error.js';
import { benchCommand, childRunner } from './child-runner.js';
import { planSweep, type PlannedRun } from './plan-sweep.js';
import { readSweep } from './read-sweep.js';
import { runLocally } from './run-locally.js';
import type { RunTask } from './run-task.js';
import { shellWord } from './shell-word.js';
import type { SweepRun } from './sweep-event.js';
import { endOf, followSweep } from './sweep-progress.js';
import { openSweepRecord, sweepNotesFolder } from './sweep-record.js';
import { createSweepReporter } from './sweep-reporter.js';

/** What `bench sweep` was asked for. */
export interface SweepOptions {
  readonly out: string;
  readonly jobs?: number;
  readonly attempts: number;
  readonly redis?: string;
  readonly plan?: true;
  readonly dataFolder?: string;
  readonly limitImages?: number;
  readonly epochs?: number;
  readonly json?: true;
}

/** Carries out a sweep, or prints its plan. */
export async function runSweep(file: string, options: SweepOptions): Promise<void> {
  const { out, redis, jobs, dataFolder, attempts } = options;
  if (redis !== undefined && (jobs !== undefined || dataFolder !== undefined)) {
    throw new UserError(
      `With --redis the workers carry out the runs: give ${jobs === undefined ? '--data-folder' : '--jobs'} to bench work.`,
    );
  }
  const definition = readSweep(file);
  const planned = planSweep(definition, file, options);
  const before = new Map(
    planned.map(({ id, folder, experiment }) => [id, readFinishedRun(join(out, folder), experiment)]),
  );
  if (options.plan) {
    printPlan(
      planned.filter(({ id }) => before.get(id) === undefined),
      planned.length,
      options,
    );
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
    const record = openSweepRecord(out, name);
    const runs = planned.map(({ id, experiment, folder }): SweepRun => {
      const result = before.get(id);
      const end = result === undefined ? { status: 'waiting' as const } : endOf(result);
      return { id, title: experiment.title, seed: experiment.seed, folder, attempts: 0, ...end, result };
    });
    const begin = (): ReturnType<typeof followSweep> =>
      followSweep({ name, out, runs }, { record, reporter });
    const tasks = planned
      .filter(({ id }) => before.get(id) === undefined)
      .map(({ id, experiment, folder }): RunTask => ({
        id,
        experiment,
        folder: join(out, folder),
        notesFolder: sweepNotesFolder(out, name),
      }));
    let sweep;
    if (redis === undefined) {
      sweep = begin();
      const runner = childRunner({ dataFolder });
      await runLocally(tasks, { jobs: jobs ?? 1, attempts, runner, sweep, signal: stop.signal });
    } else {
      const { connectRedis } = await import('./connect-redis.js');
      const { runThroughRedis } = await import('./run-through-redis.js');
      const connection = await connectRedis(redis, tell);
      sweep = begin();
      try {
        await runThroughRedis(tasks, {
          connection,
          identity: { id: record.id, name },
          out,
          attempts,
          sweep,
          signal: stop.signal,
        });
      } finally {
        connection.close();
      }
    }
    reporter.close();
    summarise(sweep.runs, { name, out, seconds: (performance.now() - started) / 1000, json: options.json });
  } finally {
    reporter.close();
    stop.release();
  }
}

function printPlan(runs: readonly PlannedRun[], all: number, { out, dataFolder, json }: SweepOptions): void {
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
  const finished = all - runs.length;
  process.stderr.write(
    `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}${finished === 0 ? '' : `; ${finished} finished before`}.\n`,
  );
}

function summarise(
  runs: readonly SweepRun[],
  {
    name,
    out,
    seconds,
    json,
  }: {
    readonly name: string;
    readonly out: string;
    readonly seconds: number;
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
  if (json) printJson({ name, out, runs, seconds });
  else {
    process.stdout.write(
      `${counts.map(({ label, runs }) => `${runs} ${label}`).join(', ')}; ${seconds.toFixed(0)} s. Runs in ${out}.\n`,
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
