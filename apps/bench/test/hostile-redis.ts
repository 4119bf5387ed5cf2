import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { resolveExperiment } from '../src/experiment/resolve-experiment.js';
import { connectRedis, type RedisConnection } from '../src/sweep/connect-redis.js';
import { allowedFolders } from '../src/sweep/allowed-folders.js';
import type { ReturnedFiles } from '../src/sweep/returned-files.js';
import type { RunTask } from '../src/sweep/run-task.js';
import { runThroughRedis } from '../src/sweep/run-through-redis.js';
import type { SweepRun } from '../src/sweep/sweep-event.js';
import { readSweepKey, type SweepKey } from '../src/sweep/sweep-key.js';
import { followSweep } from '../src/sweep/sweep-progress.js';
import { openSweepRecord, sweepNotesFolder } from '../src/sweep/sweep-record.js';
import { workThroughRedis } from '../src/sweep/work-through-redis.js';
import { fakeFiles, fakeRunner } from './fake-runner.js';
import { hasRedis, startRedis, type TestRedis } from './start-redis.js';

export const name = 'hostile';
export const experiment = { ...resolveExperiment('quick/softmax'), title: 'softmax' };
export const sweepId = '5f0c1d5e-7d3a-4c3c-9d0e-0a4b3c2d1e0f';
export const other = '11111111-1111-4111-8111-111111111111';

export let folder = '';
let redis: TestRedis;
export let connection: RedisConnection;
export let queue: Queue;
let stop = new AbortController();

export let out = '';
let working: Promise<void>[] = [];
export let said: string[] = [];

export function makeKey(text: string): SweepKey {
  return readSweepKey(undefined, { HYPERSPHERICAL_SWEEP_KEY: text })!;
}
export const key = makeKey('a key that sweep and workers share');

export function work(
  place: string,
  options: { key?: SweepKey; untilEmpty?: boolean; readable?: string; refuses?: string } = {},
): Promise<void> {
  const done = workThroughRedis({
    connection,
    runner: fakeRunner(options.refuses),
    jobs: 1,
    out: place,
    mayRead: allowedFolders([place, ...(options.readable === undefined ? [] : [options.readable])]),
    signal: stop.signal,
    onMessage: (text) => said.push(text),
    lockMilliseconds: 2000,
    ...options,
  });
  working.push(done);
  return done;
}

export function task(seed: number): RunTask {
  const run = { ...experiment, seed };
  const inner = `quick/softmax/seed-${seed}`;
  const id = `softmax-seed-${seed}-0123456789abcdef`;
  return { id, experiment: run, folder: join(out, inner), notesFolder: sweepNotesFolder(out, name) };
}

export function sweep(seeds: number, options: { key?: SweepKey; attempts?: number } = {}) {
  const messages: string[] = [];
  const tasks = Array.from({ length: seeds }, (_, seed) => task(seed));
  const runs = tasks.map(({ id, experiment: { title, seed } }): SweepRun => ({
    ...{ id, title, seed, folder: `quick/softmax/seed-${seed}`, status: 'waiting', attempts: 0 },
  }));
  const path = join(sweepNotesFolder(out, name), 'sweep.json');
  mkdirSync(dirname(path), { recursive: true });
  const updatedAt = '2026-01-01T00:00:00.000Z';
  writeFileSync(path, JSON.stringify({ schemaVersion: 1, id: sweepId, name, updatedAt, runs: [] }));
  const record = openSweepRecord(out, name);
  const progress = followSweep(
    { name, out, runs },
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
  const identity = { id: sweepId, name };
  const done = runThroughRedis(tasks, {
    ...{ connection, out, identity, key: options.key, attempts: options.attempts ?? 3 },
    ...{ sweep: progress, signal: stop.signal, pollMilliseconds: 20, pauseMilliseconds: 20 },
  }).then(() => {
    progress.close();
    return progress.runs;
  });
  return { done, messages, tasks, progress };
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await wait(10);
}

export async function deliver(run: string, text: string): Promise<void> {
  await connection.client.hset(`hyperspherical:deliveries:${sweepId}`, run, text);
}

export function aside(
  place = join(sweepNotesFolder(out, name), 'set-aside'),
): { what: string; reason: string; text: string }[] {
  if (!existsSync(place)) return [];
  const names = readdirSync(place).filter((file) => file.endsWith('.json'));
  return names.sort().map((file) => JSON.parse(readFileSync(join(place, file), 'utf8')) as never);
}

export function finished(files: ReturnedFiles): string {
  return JSON.stringify({ schemaVersion: 1, host: 'elsewhere', outcome: { status: 'finished', files } });
}

export const good = fakeFiles({ ...experiment, seed: 0 });
export const changed = (file: keyof ReturnedFiles, from: string, to: string): string => {
  expect(good[file]).toContain(from);
  return finished({ ...good, [file]: good[file]!.replace(from, to) });
};

/** Starts a Redis for the tests of a file and empties it before each. */
export function useRedis(): void {
  beforeAll(async () => {
    if (!hasRedis()) return;
    folder = mkdtempSync(join(tmpdir(), 'hostile-redis-'));
    mkdirSync(join(folder, 'redis'));
    redis = await startRedis(join(folder, 'redis'));
    connection = await connectRedis(redis.url);
  });

  afterAll(async () => {
    if (!hasRedis()) return;
    connection.close();
    await redis.stop('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async ({ skip }) => {
    if (!hasRedis()) skip('redis-server is not installed');
    await connection.client.flushall();
    queue = new Queue('runs', { connection: connection.client, prefix: 'hyperspherical' });
    out = mkdtempSync(join(folder, 'out-'));
    said = [];
    stop = new AbortController();
  });

  afterEach(async () => {
    stop.abort();
    await Promise.all(working);
    working = [];
  });
}
