import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runResultSchema } from '../src/records/run-result.js';
import { connectRedis } from '../src/sweep/connect-redis.js';
import { planSweep } from '../src/sweep/plan-sweep.js';
import { parseSweep } from '../src/sweep/read-sweep.js';
import { runThroughRedis } from '../src/sweep/run-through-redis.js';
import type { SweepRun } from '../src/sweep/sweep-event.js';
import { followSweep } from '../src/sweep/sweep-progress.js';
import { openSweepRecord, sweepNotesFolder } from '../src/sweep/sweep-record.js';
import { hasRedis, startRedis, type TestRedis } from './start-redis.js';

const fakeWorker = fileURLToPath(new URL('fake-worker.ts', import.meta.url));

let folder = '';
let redis: TestRedis;
let workers: ChildProcess[] = [];

beforeEach(async ({ skip }) => {
  if (!hasRedis()) skip('redis-server is not installed');
  folder = mkdtempSync(join(tmpdir(), 'bench-redis-'));
  mkdirSync(join(folder, 'redis'));
  redis = await startRedis(join(folder, 'redis'));
});

afterEach(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  workers = [];
  await redis.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a worker whose runs take so long and leave their beginnings and ends in the ledger. */
function startWorker(out: string, { jobs = 1, milliseconds = 10 } = {}): ChildProcess {
  const worker = spawn(
    process.execPath,
    ['--conditions=@hyperspherical/source', '--import', 'tsx', fakeWorker, redis.url, out, String(jobs)],
    {
      env: {
        ...process.env,
        FAKE_LEDGER: join(folder, 'ledger'),
        FAKE_MILLISECONDS: String(milliseconds),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  worker.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  Object.defineProperty(worker, 'said', { get: () => said });
  workers.push(worker);
  return worker;
}

/** What the runs have noted: `begin` or `end`, and of which run. */
function ledger(): { readonly what: string; readonly run: string }[] {
  const path = join(folder, 'ledger');
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [what = '', name, seed] = line.split(' ');
    return { what, run: `${name ?? ''}-${seed ?? ''}` };
  });
}

function ended(): string[] {
  return ledger()
    .filter(({ what }) => what === 'end')
    .map(({ run }) => run);
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await wait(20);
}

/** Starts a sweep of softmax with so many seeds, as `bench sweep --redis` does. */
function sweep(
  out: string,
  seeds: number,
  {
    signal = new AbortController().signal,
    set = {},
    grid = {},
    attempts = 3,
  }: { signal?: AbortSignal; set?: object; grid?: object; attempts?: number } = {},
): { readonly done: Promise<readonly SweepRun[]>; readonly messages: string[] } {
  const messages: string[] = [];
  const run = async (): Promise<readonly SweepRun[]> => {
    const definition = parseSweep(
      {
        name: 'many',
        experiments: ['quick/softmax'],
        seeds: Array.from({ length: seeds }, (_, seed) => seed),
        set,
        grid,
      },
      'many.json',
    );
    const planned = planSweep(definition, 'many.json');
    const record = openSweepRecord(out, 'many');
    const runs = planned.map(({ id, folder: inner, experiment: { title, seed } }): SweepRun => ({
      ...{ id, title, seed, folder: inner },
      ...{ status: 'waiting', attempts: 0 },
    }));
    const progress = followSweep(
      { name: 'many', out, runs },
      {
        record,
        reporter: {
          report(event) {
            if (event.kind === 'message') messages.push(event.text);
          },
          close: () => undefined,
        },
      },
    );
    const connection = await connectRedis(redis.url, (text) => messages.push(text));
    try {
      await runThroughRedis(
        planned.map(({ id, folder: inner, experiment }) => ({
          ...{ id, experiment, folder: join(out, inner) },
          notesFolder: sweepNotesFolder(out, 'many'),
        })),
        {
          ...{
            connection,
            out,
            signal,
            attempts,
            sweep: progress,
            pollMilliseconds: 50,
            pauseMilliseconds: 100,
          },
          identity: { id: record.id, name: 'many' },
        },
      );
    } finally {
      connection.close();
    }
    return progress.runs;
  };
  return { done: run(), messages };
}

function statuses(runs: readonly SweepRun[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of runs) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe('a sweep through Redis', () => {
  it('carries out 200 runs with four workers, one of which is killed; none is lost, none done twice', async () => {
    const out = join(folder, 'out');
    const { done } = sweep(out, 200);
    const doomed = startWorker(out, { milliseconds: 300 });
    for (let more = 0; more < 3; more++) startWorker(out);
    await until(() => ledger().length > 20);
    doomed.kill('SIGKILL');
    const runs = await done;
    expect(statuses(runs)).toEqual({ completed: 200 });
    expect(ended()).toHaveLength(200);
    expect(new Set(ended()).size).toBe(200);
    for (const run of runs) {
      const text = readFileSync(join(out, run.folder, 'result.json'), 'utf8');
      expect(runResultSchema.parse(JSON.parse(text)).seed).toBe(run.seed);
    }
  });

  it('brings the results of a worker that shares no folder home, byte for byte', async () => {
    const out = join(folder, 'out');
    const elsewhere = join(folder, 'elsewhere');
    startWorker(elsewhere, { jobs: 2 });
    const runs = await sweep(out, 3).done;
    expect(runs.map(({ status, host }) => [status, host])).toEqual(Array(3).fill(['completed', hostname()]));
    const [remote = ''] = readdirSync(join(elsewhere, 'remote'));
    for (const run of runs) {
      const home = join(out, run.folder);
      expect(readdirSync(home).sort()).toEqual([
        'config.json',
        'environment.json',
        'epochs.jsonl',
        'result.json',
      ]);
      for (const file of readdirSync(home)) {
        const there = join(elsewhere, 'remote', remote, run.folder, file);
        expect(readFileSync(join(home, file))).toEqual(readFileSync(there));
      }
    }
  });

  it('leaves nothing in Redis when all runs are home', async () => {
    startWorker(join(folder, 'out'));
    await sweep(join(folder, 'out'), 5).done;
    const connection = await connectRedis(redis.url);
    const ofRuns = async (): Promise<string[]> =>
      (await connection.client.keys('*')).filter((key) => /seed-|deliveries/.test(key));
    await until(async () => (await ofRuns()).length === 0);
    connection.close();
  });

  it('may be stopped and started again: what workers did meanwhile is fetched, not repeated', async () => {
    const out = join(folder, 'out');
    startWorker(join(folder, 'elsewhere'), { milliseconds: 100 });
    const controller = new AbortController();
    const first = sweep(out, 12, { signal: controller.signal });
    await until(() => ended().length >= 2);
    controller.abort();
    const halfway = statuses(await first.done);
    expect(halfway.completed ?? 0).toBeLessThan(12);
    await until(() => ended().length >= 8);
    expect(statuses(await sweep(out, 12).done)).toEqual({ completed: 12 });
    expect(ended()).toHaveLength(12);
    expect(new Set(ended()).size).toBe(12);
  });

  it('waits for a Redis that is lost midway, with runs going on; nothing is lost or repeated', async () => {
    const out = join(folder, 'out');
    startWorker(join(folder, 'elsewhere'), { jobs: 2, milliseconds: 50 });
    const { done, messages } = sweep(out, 20);
    await until(() => ended().length >= 3);
    await redis.stop('SIGKILL');
    await wait(1000);
    await redis.start();
    expect(statuses(await done)).toEqual({ completed: 20 });
    expect(new Set(ended()).size).toBe(20);
    expect(ended()).toHaveLength(20);
    expect(messages.filter((message) => message.startsWith('Redis'))).toEqual([
      `Redis at ${redis.url} is gone; waiting for it to come back. Nothing is lost.`,
      `Redis at ${redis.url} is back.`,
    ]);
  });

  it('puts runs into a Redis again that has forgotten them', async () => {
    const out = join(folder, 'out');
    startWorker(out, { milliseconds: 50 });
    const { done } = sweep(out, 10);
    await until(() => ended().length >= 2);
    const connection = await connectRedis(redis.url);
    await connection.client.flushall();
    connection.close();
    expect(statuses(await done)).toEqual({ completed: 10 });
    expect(new Set(ended()).size).toBe(10);
    expect(ended()).toHaveLength(10);
  });

  it("takes up a killed worker's run elsewhere", async () => {
    const out = join(folder, 'out');
    const doomed = startWorker(join(folder, 'doomed'), { milliseconds: 60_000 });
    const { done } = sweep(out, 1);
    await until(() => ledger().length === 1);
    startWorker(join(folder, 'elsewhere'));
    doomed.kill('SIGKILL');
    const [run] = await done;
    expect(run).toMatchObject({ status: 'completed' });
    // The run of the killed worker has stopped by itself.
    await until(() => ledger().some(({ what }) => what === 'stop'));
    expect(ended()).toHaveLength(1);
  });

  it('gives the runs of a worker that is told to stop to another', async () => {
    const out = join(folder, 'out');
    const first = startWorker(join(folder, 'first'), { jobs: 2, milliseconds: 60_000 });
    const { done } = sweep(out, 2);
    await until(() => ledger().length === 2);
    const exit = new Promise((resolve) => first.once('exit', resolve));
    first.kill('SIGINT');
    expect(await exit).toBe(0);
    startWorker(join(folder, 'second'));
    expect(statuses(await done)).toEqual({ completed: 2 });
  });

  it('records runs that diverge, are refused or crash as often as they may, and goes on with the others', async () => {
    startWorker(join(folder, 'elsewhere'));
    const runs = await sweep(join(folder, 'out'), 1, {
      grid: { name: ['diverges', 'is-refused', 'crashes', 'crashes-once', 'good'] },
      attempts: 2,
    }).done;
    expect(runs.map(({ status, reason }) => [status, reason])).toEqual([
      ['diverged', 'the loss is NaN at step 1'],
      ['refused', 'The data are not there. Fetch them with bench data get.'],
      ['failed', `on ${hostname()}, it ended with exit code 3: Out of luck.`],
      ['completed', undefined],
      ['completed', undefined],
    ]);
    expect(runs[2]!.attempts).toBe(2);
  });

  it('gives a run that failed new attempts when the sweep is started again', async () => {
    const options = { set: { name: 'crashes' }, attempts: 1 };
    startWorker(join(folder, 'elsewhere'));
    expect(statuses(await sweep(join(folder, 'out'), 1, options).done)).toEqual({ failed: 1 });
    const again = sweep(join(folder, 'out'), 1, options);
    expect(await again.done).toMatchObject([{ status: 'failed', attempts: 1 }]);
  });

  it('lets two workers of one folder carry out each run once', async () => {
    const out = join(folder, 'out');
    startWorker(out, { jobs: 2 });
    startWorker(out, { jobs: 2 });
    expect(statuses(await sweep(out, 20).done)).toEqual({ completed: 20 });
    expect(ended()).toHaveLength(20);
  });

  it('says when there is no worker', async () => {
    const controller = new AbortController();
    const { done, messages } = sweep(join(folder, 'out'), 1, { signal: controller.signal });
    await until(() => messages.length > 0);
    controller.abort();
    await done;
    expect(messages).toEqual([
      `No worker is there yet. Start some, on any machine, with: bench work --redis ${redis.url}`,
    ]);
  });
});
