import { setTimeout as wait } from 'node:timers/promises';
import type { Runner, RunTask } from './run-task.js';
import type { SweepProgress } from './sweep-progress.js';

/** How to carry out a sweep's runs on this machine. */
export interface RunLocallyOptions {
  readonly jobs: number;
  /** How often a run that crashes is begun in all. */
  readonly attempts: number;
  readonly runner: Runner;
  readonly sweep: SweepProgress;
  /** Stops every run after its step, and begins no other. */
  readonly signal: AbortSignal;
  /** Before a crashed run's next attempt, times the number of attempts; default 2000. */
  readonly pauseMilliseconds?: number;
}

/** Carries out runs on this machine, `jobs` at a time; returns when all have ended or the signal has stopped them. */
export async function runLocally(
  tasks: readonly RunTask[],
  { jobs, attempts, runner, sweep, signal, pauseMilliseconds = 2000 }: RunLocallyOptions,
): Promise<void> {
  const waiting = [...tasks];
  const pause = async (times: number): Promise<void> => {
    await wait(pauseMilliseconds * times, undefined, { signal }).catch(() => undefined);
  };

  const carryOut = async (task: RunTask): Promise<void> => {
    const { id } = task;
    for (let attempt = 1; !signal.aborted;) {
      sweep.change(id, { status: 'running', attempts: attempt });
      const outcome = await runner(task, {
        signal,
        onProgress(progress) {
          sweep.progress(id, progress);
        },
      });
      switch (outcome.status) {
        case 'finished':
          sweep.finish(id, outcome.result);
          return;
        case 'interrupted':
          sweep.change(id, { status: 'interrupted' });
          return;
        case 'refused':
          sweep.change(id, { status: 'refused', reason: outcome.reason });
          return;
        case 'busy':
          // Whoever holds the folder carries out this very run: its result will do.
          sweep.change(id, { status: 'waiting', reason: outcome.reason });
          await pause(1);
          break;
        case 'crashed':
          if (attempt === attempts) {
            sweep.change(id, { status: 'failed', reason: outcome.reason });
            return;
          }
          sweep.change(id, { status: 'waiting', reason: outcome.reason });
          await pause(attempt);
          attempt += 1;
      }
    }
  };

  await Promise.all(
    Array.from({ length: jobs }, async () => {
      for (let task = waiting.shift(); task !== undefined && !signal.aborted; task = waiting.shift()) {
        await carryOut(task);
      }
    }),
  );
}
