import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { resolveExperiment } from '../experiment/resolve-experiment.js';
import type { RunResult } from '../records/run-result.js';
import { runLocally } from './run-locally.js';
import type { RunOutcome, Runner, RunTask } from './run-task.js';
import type { SweepRun } from './sweep-event.js';
import { followSweep, type SweepProgress } from './sweep-progress.js';

const experiment = resolveExperiment('quick/softmax');
const completed: RunOutcome = { status: 'finished', result: { status: 'completed' } as RunResult };
const diverged: RunOutcome = {
  status: 'finished',
  result: { status: 'diverged', reason: 'NaN at step 3' } as RunResult,
};
const crashed: RunOutcome = { status: 'crashed', reason: 'SIGKILL ended it' };

function tasks(count: number): RunTask[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ id: `run-${index}`, experiment, folder: `folder-${index}`, notesFolder: '' },
  }));
}

function follow(list: readonly RunTask[]): { readonly sweep: SweepProgress; readonly story: string[] } {
  const story: string[] = [];
  const runs = list.map(({ id, folder }): SweepRun => ({
    id,
    title: id,
    seed: 0,
    folder,
    status: 'waiting',
    attempts: 0,
  }));
  const sweep = followSweep(
    { name: 'test', out: '', runs },
    {
      record: { id: '', write: () => undefined },
      reporter: {
        report(event) {
          if (event.kind === 'run-change')
            story.push(`${event.run.id} ${event.run.status} ${event.run.attempts}`);
        },
        close: () => undefined,
      },
    },
  );
  return { sweep, story };
}

async function carryOut(
  list: readonly RunTask[],
  runner: Runner,
  { jobs = 1, signal = new AbortController().signal } = {},
): Promise<{ readonly runs: readonly SweepRun[]; readonly story: string[] }> {
  const { sweep, story } = follow(list);
  await runLocally(list, { jobs, attempts: 3, runner, sweep, signal, pauseMilliseconds: 1 });
  return { runs: sweep.runs, story };
}

describe('runLocally', () => {
  it('begins a run when another has ended, never more than jobs at a time', async () => {
    let now = 0;
    let most = 0;
    const order: string[] = [];
    const { runs } = await carryOut(
      tasks(10),
      async ({ id }) => {
        order.push(id);
        most = Math.max(most, ++now);
        await wait(5);
        now--;
        return completed;
      },
      { jobs: 3 },
    );
    expect(most).toBe(3);
    expect(order).toEqual(tasks(10).map(({ id }) => id));
    expect(runs.every(({ status }) => status === 'completed')).toBe(true);
  });

  it('begins a run that crashes again, so often and no more', async () => {
    const outcomes = [crashed, crashed, completed, crashed, crashed, crashed];
    const { runs, story } = await carryOut(tasks(2), () => Promise.resolve(outcomes.shift()!));
    expect(story).toEqual([
      'run-0 running 1',
      'run-0 waiting 1',
      'run-0 running 2',
      'run-0 waiting 2',
      'run-0 running 3',
      'run-0 completed 3',
      'run-1 running 1',
      'run-1 waiting 1',
      'run-1 running 2',
      'run-1 waiting 2',
      'run-1 running 3',
      'run-1 failed 3',
    ]);
    expect(runs[0]!.reason).toBe(undefined);
    expect(runs[1]!.reason).toBe('SIGKILL ended it');
  });

  it('records bad input and divergence, and goes on with the others', async () => {
    const outcomes: RunOutcome[] = [{ status: 'refused', reason: 'no data' }, diverged, completed];
    const { runs } = await carryOut(tasks(3), () => Promise.resolve(outcomes.shift()!));
    expect(runs.map(({ status, reason }) => [status, reason])).toEqual([
      ['refused', 'no data'],
      ['diverged', 'NaN at step 3'],
      ['completed', undefined],
    ]);
  });

  it('waits for another process that holds the folder, however long', async () => {
    const busy: RunOutcome = { status: 'busy', reason: 'held' };
    const outcomes: RunOutcome[] = [busy, busy, busy, busy, busy, completed];
    const { runs } = await carryOut(tasks(1), () => Promise.resolve(outcomes.shift()!));
    expect(runs[0]).toMatchObject({ status: 'completed', attempts: 1 });
  });

  it('hands the signal on, and begins no other run', async () => {
    const controller = new AbortController();
    const { runs } = await carryOut(
      tasks(4),
      async (_task, { signal }) => {
        setTimeout(() => {
          controller.abort();
        }, 5);
        await new Promise((resolve) => {
          signal.addEventListener('abort', resolve);
        });
        return { status: 'interrupted' };
      },
      { jobs: 2, signal: controller.signal },
    );
    expect(runs.map(({ status }) => status)).toEqual(['interrupted', 'interrupted', 'waiting', 'waiting']);
  });
});
