import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunResult, runResultSchema } from '../src/records/run-result.js';
import { type Finished, runBench } from './run-bench.js';
import { writeSyntheticCifar10 } from './synthetic-cifar10.js';

let folder = '';
let data = '';
/** A run of three epochs that nothing disturbed: its folder, and how it ended. */
let whole = '';
let wholeRun: Finished;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bench-quick-'));
  data = join(folder, 'data');
  writeSyntheticCifar10(data, 60);
  whole = join(folder, 'whole');
  const words = ['quick', '--data-folder', data, '--epochs', '3', '--out', whole, '--json'];
  wholeRun = await runBench(words);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function readRun(out: string, method: string): RunResult {
  return runResultSchema.parse(JSON.parse(readFileSync(join(out, method, 'result.json'), 'utf8')));
}

/** A result without what the clock decides. */
function numbers({ history, status, steps, final }: RunResult): unknown {
  return { history, status, steps, testLoss: final?.testLoss, trainLoss: final?.trainLoss };
}

describe('bench quick', () => {
  it('trains both methods on the same steps and leaves config, environment, epochs and result of each', () => {
    const { code, stdout, stderr } = wholeRun;
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const { runs } = JSON.parse(stdout) as { runs: { folder: string; result: RunResult }[] };
    expect(runs.map(({ result }) => result.title)).toEqual(['hyperspherical', 'softmax']);
    expect(runs.map(({ result }) => result.steps)).toEqual([9, 9]);
    for (const { folder: run, result } of runs) {
      expect(readdirSync(run).sort()).toEqual([
        'checkpoint',
        'config.json',
        'environment.json',
        'epochs.jsonl',
        'evaluation.json',
        'model.json',
        'model.safetensors',
        'progress.json',
        'result.json',
      ]);
      expect(result.status).toBe('completed');
      expect(readFileSync(join(run, 'epochs.jsonl'), 'utf8').trim().split('\n')).toHaveLength(3);
      expect(JSON.parse(readFileSync(join(run, 'config.json'), 'utf8'))).toMatchObject({
        seed: 0,
        training: { epochs: 3 },
      });
      expect(JSON.parse(readFileSync(join(run, 'environment.json'), 'utf8'))).toMatchObject({
        node: process.version,
        engine: { tensorflowVersion: '2.15.1' },
      });
    }
    expect(stderr).toMatch(/hyperspherical +epoch 3\/3 +test accuracy/);
  });

  it('gives the same numbers again for the same seed, and others for another', async () => {
    const again = join(folder, 'again');
    await runBench(['quick', '--data-folder', data, '--epochs', '3', '--out', again]);
    const other = join(folder, 'other');
    await runBench(['quick', '--data-folder', data, '--epochs', '3', '--seed', '1', '--out', other]);
    expect(numbers(readRun(again, 'softmax'))).toEqual(numbers(readRun(whole, 'softmax')));
    expect(numbers(readRun(other, 'softmax'))).not.toEqual(numbers(readRun(whole, 'softmax')));
  });

  it('gives the same numbers operation by operation as in one graph', async () => {
    const eager = join(folder, 'eager');
    await runBench([...['quick', '--data-folder', data, '--epochs', '3', '--out', eager], '--mode', 'eager']);
    const expected = readRun(whole, 'hyperspherical').final!;
    const found = readRun(eager, 'hyperspherical').final!;
    expect(found.trainLoss).toBeClose(expected.trainLoss);
    expect(found.testLoss).toBeClose(expected.testLoss);
  });

  it('keeps everything at Ctrl-C and resumes to the numbers of an uninterrupted run', async () => {
    const cut = join(folder, 'cut');
    const words = ['quick', '--data-folder', data, '--epochs', '3', '--out', cut];
    const stopped = await runBench(words, {
      onStderr(text, kill) {
        if (text.includes('epoch 1/3') && !text.includes('Stopping')) kill('SIGINT');
      },
    });
    expect(stopped.code).toBe(1);
    expect(stopped.stderr).toMatch(/Everything so far is kept; go on with: bench quick --resume --out /);
    expect(readRun(cut, 'hyperspherical').status).toBe('interrupted');
    const resumed = await runBench([...words, '--resume']);
    expect(resumed.code).toBe(0);
    for (const method of ['hyperspherical', 'softmax']) {
      expect(numbers(readRun(cut, method))).toEqual(numbers(readRun(whole, method)));
    }
  });

  it('resumes after a kill -9 too', async () => {
    const cut = join(folder, 'killed');
    const words = ['quick', '--data-folder', data, '--epochs', '3', '--out', cut];
    const killed = await runBench(words, {
      onStderr(text, kill) {
        if (text.includes('epoch 2/3')) kill('SIGKILL');
      },
    });
    expect(killed.code).toBe(null);
    expect(existsSync(join(cut, 'hyperspherical', 'result.json'))).toBe(false);
    expect((await runBench([...words, '--resume'])).code).toBe(0);
    expect(numbers(readRun(cut, 'hyperspherical'))).toEqual(numbers(readRun(whole, 'hyperspherical')));
  });

  it('never overwrites a finished run without --force', async () => {
    const words = ['quick', '--data-folder', data, '--epochs', '1', '--limit-images', '50', '--out', whole];
    const refused = await runBench(words);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /holds a finished run. Choose another folder with --out, or replace it with --force.\n$/,
    );
    const forced = await runBench([...words, '--force']);
    expect(forced.code).toBe(0);
    expect(readRun(whole, 'softmax')).toMatchObject({ steps: 1, epochs: 1 });
  });
});

describe('bench quick answers bad input with one sentence and no stack trace', () => {
  const cases: [string, () => string[], number, RegExp][] = [
    ['no epochs', () => ['--epochs', '0'], 2, /Give a whole number, 1 or more/],
    ['epochs that are no number', () => ['--epochs', 'x'], 2, /Give a whole number, 1 or more/],
    ['an unknown option', () => ['--epoch', '1'], 2, /Unknown option '--epoch'[\s\S]*--epochs/],
    ['a missing data folder', () => ['--data-folder', join(folder, 'nowhere')], 2, /nowhere/],
    [
      'a truncated file',
      () => {
        const bad = join(folder, 'truncated');
        writeSyntheticCifar10(bad, 10);
        truncateSync(join(bad, 'data_batch_2.bin'), 5000);
        return ['--data-folder', bad];
      },
      2,
      /data_batch_2\.bin/,
    ],
    [
      'a wrong label byte',
      () => {
        const bad = join(folder, 'label');
        writeSyntheticCifar10(bad, 10);
        const bytes = readFileSync(join(bad, 'test_batch.bin'));
        bytes[3073] = 10;
        writeFileSync(join(bad, 'test_batch.bin'), bytes);
        return ['--data-folder', bad];
      },
      2,
      /test_batch\.bin.*3073|3073.*test_batch\.bin/,
    ],
    [
      'a file in place of the output folder',
      () => {
        writeFileSync(join(folder, 'taken'), '');
        return ['--data-folder', data, '--out', join(folder, 'taken')];
      },
      1,
      /Cannot write .*taken.*--out/,
    ],
    ['--resume without a folder', () => ['--resume'], 2, /--resume needs --out/],
  ];

  it('an engine that is not there and cannot be set up', async () => {
    const { code, stderr } = await runBench(['quick', '--data-folder', data], {
      environment: { HYPERSPHERICAL_CACHE: join(folder, 'no-cache'), PATH: folder },
    });
    expect(stderr).toMatch(/python3/);
    expect(stderr).not.toMatch(/not set up|^ {4}at /m);
    expect(code).toBe(1);
  });

  it.each(cases)('%s', async (_name, words, code, message) => {
    const finished = await runBench(['quick', ...words()]);
    expect(finished.stderr).toMatch(message);
    expect(finished.stderr).not.toMatch(/^ {4}at /m);
    expect(finished.code).toBe(code);
    expect(finished.stdout).toBe('');
  });
});
