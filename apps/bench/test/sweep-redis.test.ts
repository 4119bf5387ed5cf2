import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runResultSchema } from '../src/run-result.js';
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

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(20);
}

/** Starts a sweep of softmax with so many seeds, as `bench sweep --redis` does. */
function sweep(
  out: string,
  seeds: number,
  { signal = new AbortController().signal, set = {} }: { signal?: AbortSignal; set?: object } = {},
): { readonly done: Promise<readonly SweepRun[]>; readonly messages: string[] } {
  const messages: string[] = [];
  const run = async (): Promise<readonly SweepRun[]> => {
    const definition = parseSweep(
      {
        name: 'many',
        experiments: ['quick/softmax'],
        seeds: Array.from({ length: seeds }, (_, seed) => seed),
        set,
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
          ...{ connection, out, signal, attempts: 3, sweep: progress, pollMilliseconds: 50 },
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
});
