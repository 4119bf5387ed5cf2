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
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resolveExperiment } from '../src/experiment/resolve-experiment.js';
import { connectRedis, type RedisConnection } from '../src/sweep/connect-redis.js';
import { allowedFolders } from '../src/sweep/allowed-folders.js';
import { deliveriesOf } from '../src/sweep/deliveries.js';
import type { ReturnedFiles } from '../src/sweep/returned-files.js';
import type { RunTask } from '../src/sweep/run-task.js';
import { runThroughRedis } from '../src/sweep/run-through-redis.js';
import type { SweepRun } from '../src/sweep/sweep-event.js';
import { readSweepKey, type SweepKey } from '../src/sweep/sweep-key.js';
import { followSweep } from '../src/sweep/sweep-progress.js';
import { jobId, type QueuedRun } from '../src/sweep/sweep-queue.js';
import { openSweepRecord, sweepNotesFolder } from '../src/sweep/sweep-record.js';
import { workThroughRedis } from '../src/sweep/work-through-redis.js';
import { fakeFiles, fakeRunner } from './fake-runner.js';
import { mutants } from './mutants.js';
import { hasRedis, startRedis, type TestRedis } from './start-redis.js';

const name = 'hostile';
const experiment = { ...resolveExperiment('quick/softmax'), title: 'softmax' };
const sweepId = '5f0c1d5e-7d3a-4c3c-9d0e-0a4b3c2d1e0f';
const other = '11111111-1111-4111-8111-111111111111';

let folder = '';
let redis: TestRedis;
let connection: RedisConnection;
let queue: Queue;
let stop = new AbortController();

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

let out = '';
let working: Promise<void>[] = [];
let said: string[] = [];

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

function makeKey(text: string): SweepKey {
  return readSweepKey(undefined, { HYPERSPHERICAL_SWEEP_KEY: text })!;
}
const key = makeKey('a key that sweep and workers share');

function work(
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

function task(seed: number): RunTask {
  const run = { ...experiment, seed };
  const inner = `quick/softmax/seed-${seed}`;
  const id = `softmax-seed-${seed}-0123456789abcdef`;
  return { id, experiment: run, folder: join(out, inner), notesFolder: sweepNotesFolder(out, name) };
}

function sweep(seeds: number, options: { key?: SweepKey; attempts?: number } = {}) {
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

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await wait(10);
}

async function deliver(run: string, text: string): Promise<void> {
  await connection.client.hset(`hyperspherical:deliveries:${sweepId}`, run, text);
}

function aside(
  place = join(sweepNotesFolder(out, name), 'set-aside'),
): { what: string; reason: string; text: string }[] {
  if (!existsSync(place)) return [];
  const names = readdirSync(place).filter((file) => file.endsWith('.json'));
  return names.sort().map((file) => JSON.parse(readFileSync(join(place, file), 'utf8')) as never);
}

function finished(files: ReturnedFiles): string {
  return JSON.stringify({ schemaVersion: 1, host: 'elsewhere', outcome: { status: 'finished', files } });
}

const good = fakeFiles({ ...experiment, seed: 0 });
const changed = (file: keyof ReturnedFiles, from: string, to: string): string => {
  expect(good[file]).toContain(from);
  return finished({ ...good, [file]: good[file]!.replace(from, to) });
};

describe('a delivery that cannot be used is set aside, and the sweep goes on', () => {
  const cases: [string, string, RegExp][] = [
    ['not JSON', '{oops', /is not valid JSON/],
    ['null', 'null', /is not what this version reads/],
    ['of another version', '{"schemaVersion":9}', /is not what this version reads, at schemaVersion/],
    ['nested deeply', '['.repeat(50_000) + ']'.repeat(50_000), /is nested more than 64 levels deep/],
    ['without files', finished({}), /lack result\.json/],
    [
      'with a file of its own',
      finished({ ...good, '../x': 'y' } as ReturnedFiles),
      /not what this version reads/,
    ],
    [
      'with a result that is not JSON',
      finished({ ...good, 'result.json': '{oops' }),
      /result\.json .* is not valid JSON/,
    ],
    [
      'with a config that is not JSON',
      finished({ ...good, 'config.json': '{oops' }),
      /config\.json .* is not valid JSON/,
    ],
    [
      'of another experiment',
      changed('config.json', '"batchSize":128', '"batchSize":7'),
      /of another experiment/,
    ],
    ['of another seed', changed('result.json', '"seed":0', '"seed":1'), /of another experiment/],
    [
      'of a run that was interrupted',
      changed('result.json', '"completed"', '"interrupted"'),
      /was interrupted/,
    ],
    [
      'with other numbers in result and history',
      changed('result.json', '"accuracy":[0.5]', '"accuracy":[0.9]'),
      /result\.json/,
    ],
    [
      'with an environment that is no JSON',
      finished({ ...good, 'environment.json': 'x' }),
      /environment\.json .* is not valid JSON/,
    ],
    [
      'with epochs that are none',
      finished({ ...good, 'epochs.jsonl': 'FORGED <script>\n' }),
      /epochs\.jsonl .* is not valid JSON/,
    ],
    [
      'with too few epochs',
      finished({ ...good, 'epochs.jsonl': '' }),
      /has 0 whole lines, and its result 1 epochs/,
    ],
    [
      'with an evaluation that is none',
      finished({ ...good, 'evaluation.json': '{}' }),
      /evaluation\.json .* is not what/,
    ],
    [
      'of 20 MB without a meaning',
      finished({ ...good, 'epochs.jsonl': 'x'.repeat(20 << 20) }),
      /epochs\.jsonl/,
    ],
    [
      'with a reason of a megabyte',
      JSON.stringify({
        schemaVersion: 1,
        host: 'x',
        outcome: { status: 'refused', reason: 'x'.repeat(1 << 20) },
      }),
      /not what this version reads/,
    ],
  ];

  it('whatever is wrong with it; a good one that follows is taken', async () => {
    const { done, messages, tasks, progress } = sweep(1);
    const [{ id, folder: place }] = tasks as [RunTask];
    for (const [at, [what, text, reason]] of cases.entries()) {
      await deliver(id, text);
      await until(() => aside().length === at + 1);
      const kept = aside()[at]!;
      expect([what, kept.reason]).toEqual([what, expect.stringMatching(reason)]);
      expect(kept.what).toBe(`What came for ${id}`);
      expect(text.startsWith(kept.text)).toBe(true);
      expect(progress.runs[0]!.status).toBe('waiting');
      expect(existsSync(place)).toBe(false);
    }
    expect(messages[0]).toMatch(
      /^What came for softmax-seed-0-0123456789abcdef is set aside: .*\(1 so far\.\)$/s,
    );
    await deliver(id, finished(good));
    expect(await done).toMatchObject([{ status: 'completed', host: 'elsewhere' }]);
  });

  it('also something else where the deliveries of a sweep belong', async () => {
    await connection.client.set(`hyperspherical:deliveries:${sweepId}`, 'x');
    const { done } = sweep(1);
    await work(out, { untilEmpty: true });
    expect(await done).toMatchObject([{ status: 'completed' }]);
    expect([...aside(), ...aside(join(out, 'remote', 'set-aside'))]).toMatchObject([
      { reason: 'it is a string, not a hash', text: 'x' },
    ]);
  });

  it('and a run for which nothing usable ever comes is failed after as many attempts as are allowed', async () => {
    const { done, tasks } = sweep(2, { attempts: 2 });
    // A worker of another version, say: it takes the job, puts it away, and delivers what cannot be read.
    const bad = setInterval(() => {
      void queue
        .remove(jobId(sweepId, tasks[0]!.id))
        .then(() => deliver(tasks[0]!.id, '{"schemaVersion":2}'));
    }, 10);
    try {
      await until(() => aside().length > 1);
      await deliver(tasks[1]!.id, finished(fakeFiles(tasks[1]!.experiment)));
      expect(await done).toMatchObject([
        {
          status: 'failed',
          reason: expect.stringMatching(/^It is not what this version reads, at schemaVersion/) as string,
        },
        { status: 'completed' },
      ]);
    } finally {
      clearInterval(bad);
    }
  });
});

describe('a job that cannot be used is set aside, and the worker goes on', () => {
  const data = (run: object = {}, sweepOf: object = {}): object => ({
    schemaVersion: 1,
    sweep: { id: other, name: 'evil', ...sweepOf },
    run: { id: 'r', folder: 'a/b/seed-0', experiment, ...run },
  });
  const raw = async (id: string, fields: Record<string, string>): Promise<void> => {
    await queue.add('x', data(), { jobId: id });
    await connection.client.hset(`hyperspherical:runs:${id}`, fields);
  };

  it('and does not wait for those that its queue cannot read', async () => {
    const { client } = connection;
    await raw('not-json', { data: '{not json' });
    await raw('no-data', { data: '' });
    await raw('options', { opts: 'null' });
    await raw('backoff', { opts: '{"attempts":3,"backoff":{"type":"evil"}}' });
    await raw('keeping', { opts: '{"removeOnFail":"x"}' });
    await raw('parent', { parent: '{oops', parentKey: 'x:y:z' });
    await raw('repeated', { rjk: 'a:b:c:d:e' });
    await raw('progress', { progress: '{' });
    await queue.add('x', data(), { jobId: 'string' });
    await client.del('hyperspherical:runs:string');
    await client.set('hyperspherical:runs:string', 'x');
    await queue.add('x', data(), { jobId: 'next-century', delay: 3e12 });
    await queue.add('x', data({ id: 'good', folder: 'good/seed-0' }), { jobId: 'good' });
    await work(out, { untilEmpty: true });
    expect(await deliveriesOf(other, connection.client).runIds()).toEqual(['good']);
    expect(
      aside(join(out, 'remote', 'set-aside'))
        .map(({ what, reason }) => `${what}: ${reason}`)
        .sort(),
    ).toEqual([
      'Job backoff: its opts are not those of a sweep',
      'Job keeping: its opts are not those of a sweep',
      'Job no-data: its data is not JSON',
      'Job not-json: its data is not JSON',
      'Job options: its opts are not those of a sweep',
      'Job parent: it has parent, which no job of a sweep has',
      'Job progress: its progress is not JSON',
      'Job repeated: it has rjk, which no job of a sweep has',
      'Job string: it is a string in Redis, not a hash',
    ]);
    expect(said.at(-1)).toBe(`9 jobs were set aside, in ${join(out, 'remote', 'set-aside')}.`);
  });

  it('and writes nothing where other things are, whatever ids, names and folders say', async () => {
    const { done, tasks } = sweep(1);
    await until(async () => (await queue.getJobCounts('waiting')).waiting === 1);
    const notes = readFileSync(join(sweepNotesFolder(out, name), 'sweep.json'), 'utf8');
    const own = { id: sweepId, name };
    const evil = [
      ...['sweep', 'Sweep', '..', '../x', 'x'.repeat(300)].map((id) => data({ id }, own)),
      ...[
        '../x',
        '..',
        '/etc',
        'a/../../x',
        'a\\..\\x',
        'a//b',
        'a/',
        'a\nb',
        'a/\0',
        '~/x',
        'a./b',
        'ſweeps/s',
      ].map((inner) => data({ folder: inner })),
      ...['sweeps/hostile', 'Sweeps/hostile', 'SWEEPS/x/seed-0', 'remote/x'].map((inner) =>
        data({ folder: inner }, own),
      ),
      ...['a/'.repeat(3000) + 'a', 'x'.repeat(1000)].map((inner) => data({ folder: inner })),
      ...['../x', '__proto__', 'A', 'x'.repeat(300)].map((sweepName) => data({}, { name: sweepName })),
      data({ experiment: { ...experiment, description: 'x'.repeat(5 << 20) } }),
      data({ experiment: JSON.parse('['.repeat(70) + ']'.repeat(70)) as unknown }),
    ];
    await queue.addBulk(evil.map((each, at) => ({ name: 'x', data: each, opts: { jobId: `evil-${at}` } })));
    // Of the sweep's own id, but not one of its runs.
    await queue.add('x', data({ id: 'x1', folder: 'other/run/seed-9' }, own), { jobId: 'stranger' });
    await work(out, { untilEmpty: true });
    expect(await done).toMatchObject([{ status: 'completed' }]);
    expect(
      (JSON.parse(readFileSync(join(sweepNotesFolder(out, name), 'sweep.json'), 'utf8')) as { id: string })
        .id,
    ).toBe((JSON.parse(notes) as { id: string }).id);
    expect(readdirSync(out).sort()).toEqual(['quick', 'remote', 'sweeps']);
    expect(readdirSync(join(out, 'sweeps'))).toEqual([name]);
    expect(aside(join(out, 'remote', 'set-aside'))).toHaveLength(evil.length);
    expect(tasks).toHaveLength(1);
  });
});

describe('a worker reads only files that its own command line allows', () => {
  const job = (id: string, changes: object): object => ({
    schemaVersion: 1,
    sweep: { id: other, name: 'evil' },
    run: { id, folder: `${id}/seed-0`, experiment: { ...experiment, ...changes } },
  });
  const words = (path: string): object => ({
    head: {
      kind: 'prototype-classifier',
      prototypes: { method: 'word-vectors', dimensions: 3, words: path },
    },
  });
  const answers = async (): Promise<Record<string, string>> => {
    const deliveries = deliveriesOf(other, connection.client);
    const texts: Record<string, string> = {};
    for (const id of await deliveries.runIds()) {
      const { outcome } = (await deliveries.get(id))!;
      texts[id] = outcome.status === 'refused' ? outcome.reason : outcome.status;
    }
    return texts;
  };

  it('and refuses all others by their setting, before anything is read', async () => {
    const inside = join(out, 'own.txt');
    writeFileSync(inside, 'not read');
    const prototypes = (choice: object): object => ({
      head: { kind: 'prototype-classifier', prototypes: choice },
    });
    const jobs = {
      ...{
        passwd: words('/etc/passwd'),
        environ: words('/proc/self/environ'),
        relative: words('package.json'),
      },
      up: words(join(out, '..', 'redis')),
      npy: prototypes({ method: 'file', path: '/etc/shadow' }),
      run: prototypes({ method: 'run', from: '/home/{seed}' }),
      weights: { initialise: { from: '/etc' } },
      own: words(inside),
    };
    const list = Object.entries(jobs).map(([id, changes]) => ({ name: 'x', data: job(id, changes) }));
    await queue.addBulk(list);
    await work(out, { untilEmpty: true });
    const { own, ...refused } = await answers();
    expect(own).toBe('finished');
    expect(Object.keys(refused)).toHaveLength(7);
    for (const [id, reason] of Object.entries(refused))
      expect([id, reason]).toEqual([
        id,
        expect.stringMatching(
          /^(head\.prototypes\.(words|path|from)|initialise\.from) is .*, and the worker on .* may not read there; start it with --read <folder>, or /,
        ),
      ]);
    expect(refused.run).toMatch(/^head\.prototypes\.from is \/home\/0, /);
  });

  it('and says what went wrong with them on its own machine alone', async () => {
    writeFileSync(join(out, 'secret.txt'), 'API-KEY sk-live-0123');
    await queue.add('x', job('quoting', words(join(out, 'secret.txt'))));
    await queue.add('x', job('plain', {}));
    await work(out, { untilEmpty: true, refuses: 'line 1 is sk-live-0123, not a number' });
    const { quoting, plain } = await answers();
    expect(quoting).toMatch(
      /^its output says why, in .*quoting\.log on .*; it is not sent, because it may quote/,
    );
    expect(plain).toBe('line 1 is sk-live-0123, not a number');
    expect(said).toContainEqual(expect.stringMatching(/^refused: .*sk-live-0123/));
  });
});

describe('with a key', () => {
  it('a sweep and its workers trust each other, and nobody else', async () => {
    const { done, tasks } = sweep(2, { key });
    await deliver(tasks[0]!.id, finished(good));
    await until(() => aside().length === 1);
    expect(aside()[0]!.reason).toBe('It is not signed. Give the worker the key of the sweep.');
    await work(join(out, 'elsewhere'), { key, untilEmpty: true });
    expect(await done).toMatchObject([{ status: 'completed' }, { status: 'completed' }]);
    expect(aside()).toHaveLength(1);
  });

  it('a delivery is good for one run of one sweep', async () => {
    const id = '22222222-2222-4222-8222-222222222222';
    const text = async (run: string, from = sweepId, by = key): Promise<string> => {
      await deliveriesOf(from, connection.client, { key: by }).put(run, { status: 'finished', files: good });
      const written = await connection.client.hget(`hyperspherical:deliveries:${from}`, run);
      await connection.client.del(`hyperspherical:deliveries:${from}`);
      return written!;
    };
    const run = task(0).id;
    const right = await text(run);
    const bad = [
      ...[
        await text(run, id),
        await text('another-run'),
        await text(run, sweepId, makeKey('another key of 16 bytes')),
      ],
      ...[right.replace('0.5', '0.9'), right.replace(/^hmac-sha256 [0-9a-f]{8}/, 'hmac-sha256 00000000')],
      ...[right.replace(/^.*\n/, 'hmac-sha256 \n'), right.replace('\n', ''), ` ${right}`],
    ];
    const { done } = sweep(1, { key });
    for (const [at, each] of bad.entries()) {
      await deliver(run, each);
      await until(() => aside().length === at + 1);
    }
    expect(aside().map(({ reason }) => reason)).toEqual(
      bad.map(
        () =>
          expect.stringMatching(/^(Its signature is not that of the sweep's key|It is not signed)/) as string,
      ),
    );
    await deliver(run, right);
    expect(await done).toMatchObject([{ status: 'completed' }]);
  });

  it('a worker runs no job that is not signed with it, and one without a key none that is', async () => {
    const open = sweep(1);
    await until(async () => (await queue.getJobCounts('waiting')).waiting === 1);
    await work(join(out, 'keyed'), { key, untilEmpty: true });
    expect(await open.done).toMatchObject([
      {
        status: 'failed',
        reason: expect.stringMatching(/it is not signed, and this worker has a key/) as string,
      },
    ]);
    const closed = sweep(1, { key });
    await until(async () => (await queue.getJobCounts('waiting')).waiting === 1);
    await work(join(out, 'open'), { untilEmpty: true });
    expect(await closed.done).toMatchObject([
      {
        status: 'failed',
        reason: expect.stringMatching(/its sweep has a key, and this worker has none/) as string,
      },
    ]);
  });

  it('a job that somebody has changed is put into the queue again as it was', async () => {
    const { done, tasks } = sweep(1, { key, attempts: 2 });
    const id = jobId(sweepId, tasks[0]!.id);
    await until(async () => (await queue.getJob(id)) !== undefined);
    const job = (await queue.getJob(id))!;
    const data = job.data as QueuedRun;
    await job.updateData({ ...data, run: { ...data.run, experiment: { ...experiment, seed: 9 } } });
    void work(join(out, 'elsewhere'), { key });
    expect(await done).toMatchObject([{ status: 'completed', seed: 0 }]);
    expect(aside().map(({ what, reason }) => `${what}: ${reason}`)).toEqual([
      `The job of ${tasks[0]!.id}: it is not what this sweep put into the queue`,
    ]);
  });
});

describe('seeded mutations', () => {
  it('of deliveries never end a sweep, nor write a file that is not whole', async () => {
    const { done, tasks } = sweep(1);
    const text = finished(good);
    let sent = 0;
    for (const mutant of mutants(text, 100, 1)) {
      await deliver(tasks[0]!.id, mutant);
      sent += 1;
      await until(
        async () => !(await connection.client.hexists(`hyperspherical:deliveries:${sweepId}`, tasks[0]!.id)),
      );
      // A mutation of a text that nothing depends on is none.
      if (existsSync(join(tasks[0]!.folder, 'result.json'))) break;
    }
    expect(sent).toBeGreaterThan(3);
    if (!existsSync(tasks[0]!.folder)) await deliver(tasks[0]!.id, text);
    expect(await done).toMatchObject([
      { status: expect.stringMatching(/^(completed|diverged|refused)$/) as string },
    ]);
  });

  it('of jobs never end a worker, nor keep it waiting, nor lead out of its folder', async () => {
    const data = JSON.stringify({
      schemaVersion: 1,
      sweep: { id: other, name: 'evil' },
      run: { id: 'r', folder: 'a/b/seed-0', experiment },
    });
    const opts = JSON.stringify({
      attempts: 1,
      removeOnFail: { age: 100 },
      backoff: { type: 'fixed', delay: 1 },
    });
    const texts = [...mutants(data, 80, 2)];
    const options = [...mutants(opts, 80, 3)];
    await queue.addBulk(texts.map((_, at) => ({ name: 'x', data: {}, opts: { jobId: `fuzz-${at}` } })));
    for (const [at, text] of texts.entries())
      await connection.client.hset(`hyperspherical:runs:fuzz-${at}`, {
        data: text,
        ...(at % 3 === 0 ? { opts: options[at]! } : {}),
      });
    await queue.add('x', { ...(JSON.parse(data) as object) }, { jobId: 'good' });
    await work(out, { untilEmpty: true });
    expect(await deliveriesOf(other, connection.client).runIds()).toContain('r');
    expect(readdirSync(out)).toEqual(['remote']);
    expect(aside(join(out, 'remote', 'set-aside')).length).toBeGreaterThan(25);
  });

  it('of sweep.json never stop a sweep from starting', () => {
    const path = join(sweepNotesFolder(out, name), 'sweep.json');
    const { progress } = sweep(0);
    progress.close();
    const text = readFileSync(path, 'utf8');
    for (const mutant of mutants(text, 100, 4)) {
      writeFileSync(path, mutant);
      expect(openSweepRecord(out, name).id).toMatch(/^[0-9a-f-]{36}$/i);
    }
  });
});
