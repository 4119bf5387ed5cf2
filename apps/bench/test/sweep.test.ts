import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunResult, runResultSchema } from '../src/records/run-result.js';
import type { SweepRun } from '../src/sweep/sweep-event.js';
import { runBench } from './run-bench.js';
import { hasRedis, startRedis } from './start-redis.js';
import { writeSyntheticCifar10 } from './synthetic-cifar10.js';

let folder = '';
let data = '';
let file = '';
/** What all runs have in common. */
let small: string[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-sweep-'));
  data = join(folder, 'data');
  writeSyntheticCifar10(data, 60);
  file = write('two-rates.json', {
    name: 'two-rates',
    experiments: ['quick/softmax'],
    grid: { 'training.optimizer.learningRate': [0.1, 0.2] },
  });
  small = ['--data-folder', data, '--epochs', '1'];
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, json: object): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(json));
  return path;
}

function readResult(run: string): RunResult {
  return runResultSchema.parse(JSON.parse(readFileSync(join(run, 'result.json'), 'utf8')));
}

/** A result without what the clock decides. */
function numbers(run: string): unknown {
  const { title, status, steps, history, configuration } = readResult(run);
  return { title, status, steps, history, configuration };
}

const low = join('quick', 'softmax,learningRate=0.1', 'seed-0');
const high = join('quick', 'softmax,learningRate=0.2', 'seed-0');

describe('bench sweep', () => {
  it('carries out every run in a folder of its own, and never repeats one', async () => {
    const out = join(folder, 'out');
    const words = ['sweep', file, '--out', out, ...small, '--json'];
    const first = await runBench(words);
    expect(first).toMatchObject({ code: 0 });
    const { runs } = JSON.parse(first.stdout) as { runs: SweepRun[] };
    expect(runs.map((run) => [run.folder, run.status])).toEqual([
      [low, 'completed'],
      [high, 'completed'],
    ]);
    expect(readResult(join(out, high))).toMatchObject({ title: 'softmax, learningRate 0.2', epochs: 1 });
    expect(first.stderr).toMatch(/softmax, learningRate 0\.1, seed 0: started\n/);
    const before = statSync(join(out, high, 'result.json')).mtimeMs;

    const again = await runBench(words);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stderr).toBe(`two-rates: 2 runs, 2 of them finished before, in ${out}\n`);
    expect(statSync(join(out, high, 'result.json')).mtimeMs).toBe(before);

    const other = await runBench(['sweep', file, '--out', out, '--data-folder', data, '--epochs', '2']);
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(/holds a run of another experiment.*choose another folder with --out\.\n$/);
  });

  it('stops every run in good order at Ctrl-C, and goes on where they were', async () => {
    const out = join(folder, 'cut');
    const epochs = 12;
    const words = [
      'sweep',
      file,
      '--out',
      out,
      '--jobs',
      '2',
      '--data-folder',
      data,
      '--epochs',
      String(epochs),
    ];
    let interrupt: (() => void) | undefined;
    const watching = setInterval(() => {
      if ([low, high].some((run) => existsSync(join(out, run, 'epochs.jsonl')))) interrupt?.();
    }, 20);
    const stopped = await runBench(words, {
      onStderr(_text, kill) {
        interrupt = () => {
          clearInterval(watching);
          kill('SIGINT');
        };
      },
    });
    expect(stopped.stderr).toMatch(
      /Interrupted with 2 of 2 runs left\. .* type the same command to go on\.\n$/,
    );
    expect(stopped.code).toBe(1);
    expect(await runBench(words)).toMatchObject({ code: 0 });
    const notes = join(out, 'sweeps', 'two-rates');
    const logs = readdirSync(notes).filter((name) => name.endsWith('.log'));
    expect(logs).toHaveLength(2);
    for (const name of logs) {
      const log = readFileSync(join(notes, name), 'utf8');
      // Every epoch once: none was lost, none done again.
      for (let epoch = 1; epoch <= epochs; epoch++) {
        expect(log.match(new RegExp(`epoch +${epoch}/${epochs} `, 'g'))).toHaveLength(1);
      }
    }
  });

  it('plans one command a line, which a shell runs, and leaves out what is done', async () => {
    const out = join(folder, "it's planned");
    const words = ['sweep', file, '--out', out, ...small, '--plan'];
    const plan = await runBench(words);
    expect(plan).toMatchObject({ code: 0, stderr: '2 runs.\n' });
    expect(existsSync(out)).toBe(false);
    const lines = plan.stdout.trim().split('\n');
    expect(lines).toHaveLength(2);
    execFileSync('sh', ['-c', lines[1]!], { stdio: 'ignore' });
    expect(numbers(join(out, high))).toEqual(numbers(join(folder, 'out', high)));
    expect(await runBench(words)).toMatchObject({ stderr: '1 run; 1 finished before.\n' });
  });

  it('goes through Redis to bench work and back into its own folder', async ({ skip }) => {
    if (!hasRedis()) skip('redis-server is not installed');
    const redis = await startRedis(mkdtempSync(join(folder, 'redis-')));
    try {
      const out = join(folder, 'home');
      const elsewhere = join(folder, 'elsewhere');
      const one = write('one-rate.json', {
        name: 'one-rate',
        experiments: ['quick/softmax'],
        set: { 'training.optimizer.learningRate': 0.2, title: 'softmax, learningRate 0.2' },
      });
      const run = join('quick', 'softmax', 'seed-0');
      const working = (): Promise<unknown> =>
        runBench(['work', '--redis', redis.url, '--out', elsewhere, '--data-folder', data, '--until-empty']);
      let work: Promise<unknown> | undefined;
      const sweep = await runBench(['sweep', one, '--out', out, '--epochs', '1', '--redis', redis.url], {
        onStderr() {
          work ??= working();
        },
      });
      expect(sweep).toMatchObject({ code: 0 });
      expect(await work).toMatchObject({ code: 0 });
      expect(numbers(join(out, run))).toEqual(numbers(join(folder, 'out', high)));
      expect(readdirSync(join(out, run)).sort()).toEqual([
        'config.json',
        'environment.json',
        'epochs.jsonl',
        'evaluation.json',
        'result.json',
      ]);
    } finally {
      await redis.stop('SIGKILL');
    }
  });
});

describe('bench sweep and bench work answer bad input with one sentence and no stack trace', () => {
  const cases: [string, () => string[], number, RegExp][] = [
    ['a missing file', () => ['sweep', 'nowhere.json'], 2, /^Cannot read nowhere\.json\. /],
    [
      'an unknown key',
      () => ['sweep', write('unknown.json', { name: 'a', experiments: ['quick/softmax'], job: 1 })],
      2,
      /unknown\.json: Unrecognized key: "job"/,
    ],
    [
      '--jobs with --redis',
      () => ['sweep', file, '--jobs', '2', '--redis', 'redis://127.0.0.1:1'],
      2,
      /^With --redis the workers carry out the runs: give --jobs to bench work\.\n$/,
    ],
    [
      'a sweep while Redis is down',
      () => ['sweep', file, '--out', join(folder, 'down'), '--redis', 'redis://127.0.0.1:1'],
      1,
      /^Cannot reach Redis at redis:\/\/127\.0\.0\.1:1: nothing listens there\. Start redis-server, or correct --redis\.\n$/,
    ],
    [
      'a worker while Redis is down',
      () => ['work', '--redis', 'redis://127.0.0.1:1'],
      1,
      /^Cannot reach Redis at redis:\/\/127\.0\.0\.1:1: /,
    ],
  ];

  it.each(cases)('%s', async (_name, words, code, message) => {
    const finished = await runBench(words());
    expect(finished.stderr).toMatch(message);
    expect(finished.stderr).not.toMatch(/^ {4}at /m);
    expect(finished.code).toBe(code);
    expect(finished.stdout).toBe('');
  });
});
