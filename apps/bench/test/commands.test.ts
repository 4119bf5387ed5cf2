import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { decodeNpy } from '@hyperspherical/prototypes';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runBench } from './run-bench.js';
import { writeSyntheticCifar10 } from './synthetic-cifar10.js';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-commands-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function json(words: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await runBench([...words, '--json']);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('bench prototypes', () => {
  it('prints the separation beside the best that is possible, and writes them for NumPy', async () => {
    const out = join(folder, 'prototypes.npy');
    const measured = await json(['prototypes', '--classes', '5', '--dimensions', '4', '--out', out]);
    expect(measured).toMatchObject({
      classes: 5,
      dimensions: 4,
      method: 'simplex',
      boundName: 'simplex',
      bound: -0.25,
    });
    expect(measured.maxCosine).toBeCloseTo(-0.25, 6);
    expect(measured.seconds).toEqual(expect.any(Number));
    expect(decodeNpy(readFileSync(out)).shape).toEqual([5, 4]);
  });

  it.each([
    [['--classes', '1', '--dimensions', '2'], /--classes.*Give a whole number, 2 or more/],
    [['--classes', '3'], /'--dimensions <n>' not specified/],
    [['--classes', '5', '--dimensions', '3', '--method', 'circle'], /dimensions must be 2/],
    [['--classes', '5', '--dimensions', '3', '--method', 'square'], /method must be one of auto, /],
  ])('refuses %j with a sentence', async (words, message) => {
    const { code, stderr, stdout } = await runBench(['prototypes', ...words]);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(stdout).toBe('');
  });
});

describe('bench prototypes --semantic', () => {
  // Word vectors are kept packed, and these are of no use to anyone.
  beforeAll(() => void vi.stubEnv('HYPERSPHERICAL_CACHE', folder));
  afterAll(() => void vi.unstubAllEnvs());

  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it('places classes by the meaning of their names, and reports how these were found', async () => {
    const names = write('names.txt', 'cat\nLynxes\nfire_truck\n\nbus\n');
    const words = write('words.txt', 'cat 5 1 0\nlynx 5 0 1\nfire 0 9 1\ntruck 0 1 9\nbus 1 4 5\n');
    const out = join(folder, 'semantic.npy');
    const flags = ['--semantic', names, '--words', words, '--dimensions', '3', '--out', out];
    const measured = await json(['prototypes', ...flags]);
    expect(measured).toMatchObject({ classes: 4, dimensions: 3, method: 'semantic', rankingAgreement: 1 });
    expect(measured.matches).toMatchObject([
      { name: 'cat', how: 'whole' },
      { name: 'Lynxes', words: ['lynx'], parts: [{ rule: 'singular' }] },
      { name: 'fire_truck', words: ['fire', 'truck'] },
      { name: 'bus' },
    ]);
    expect(decodeNpy(readFileSync(out)).shape).toEqual([4, 3]);
  });

  it('skips rows that nobody asked for with one warning, and reads files in other ways', async () => {
    const names = write('odd-names.txt', '\ufeffcat\nbus\ntruck\n');
    const good = 'cat 5 1 0\nbus 0 9 1\ntruck 0 1 9\n';
    const words = write('odd.vec', `5 3\n${good}cats nan 1 1\n 1 2 3\n`);
    const flags = ['prototypes', '--dimensions', '2', '--semantic', names, '--words', words];
    for (const more of [['--no-words-cache'], [], []]) {
      const { code, stderr } = await runBench([...flags, ...more]);
      expect(code).toBe(0);
      expect(
        stderr.match(
          /Warning: .*skipped 2 rows: 1 with something that is not a finite number \(line 5\), 1 without a word \(line 6\)\./g,
        ),
      ).toHaveLength(1);
    }
    const twice = write('twice.vec', `${good}cat 1 1 1\n`);
    const again = ['prototypes', '--dimensions', '2', '--semantic', names, '--words', twice];
    const refused = await runBench(again);
    expect(refused.stderr).toMatch(
      /class name "cat" needs .* line 4: the word "cat" is there twice, first in line 1/,
    );
    expect(refused.code).toBe(2);
    for (const more of [
      ['--words-duplicates', 'keep-first'],
      ['--words-limit', '3'],
      [
        '--words-limit',
        '3',
        '--words-format',
        'glove',
        '--words-encoding',
        'latin1',
        '--words-unicode-errors',
        'strict',
      ],
    ]) {
      expect((await runBench([...again, ...more])).code).toBe(0);
    }
  });

  it('refuses what it cannot do with a sentence', async () => {
    const words = write('few.txt', 'cat 1 2\nbus 2 1\ntruck 1 1\n');
    const names = write('typo.txt', 'cat\nbus\ntrukc\n');
    const pipe = join(dirname(names), 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const [flags, message] of [
      [['--semantic', names, '--words', words], /"trukc" \(trukc; nearest known: truck\)/],
      [['--semantic', pipe], /pipe is a named pipe, not a file\. Give a file of class names, one per line\./],
      [['--semantic', 'cifar1000'], /neither a dataset \(cifar10, cifar100/],
      [['--semantic', 'cifar10', '--classes', '10'], /leave --classes and --method out/],
      [['--words', words], /--words needs --semantic/],
      [['--classes', '3', '--words-limit', '3'], /--words-\.\.\. and --no-words-cache need --semantic/],
      [[], /Give --classes <n>, or --semantic <names>/],
    ] as const) {
      const { code, stderr, stdout } = await runBench(['prototypes', '--dimensions', '2', ...flags]);
      expect(stderr).toMatch(message);
      expect([code, stdout]).toEqual([2, '']);
    }
  });
});

describe('bench step', () => {
  it('measures a training step', async () => {
    const measured = await json(['step', '--backbone', 'resnet8', '--batch', '4', '--steps', '2']);
    expect(Object.keys(measured).sort()).toEqual([
      'imagesPerSecond',
      'millisecondsPerStep',
      'mode',
      'parameters',
      'peakMegabytes',
    ]);
    expect(measured.imagesPerSecond).toBeGreaterThan(0);
  });

  it('measures the same step of tf.layers on tfjs-node as it is', async () => {
    const measured = await json([
      'step',
      '--backbone',
      'resnet8',
      '--batch',
      '4',
      '--steps',
      '1',
      '--mode',
      'plain',
    ]);
    expect(measured).toMatchObject({ mode: 'plain', parameters: 101122 });
  });

  it('compares it with others, in turn', async () => {
    const size = ['--backbone', 'resnet8', '--batch', '4', '--steps', '1', '--rounds', '2'];
    const compared = await json(['step', ...size, '--against', 'plain']);
    expect(compared).toMatchObject({
      mode: 'graph',
      rounds: 2,
      against: [
        { peer: 'plain', name: 'TensorFlow.js, tf.layers', ratios: [expect.any(Number), expect.any(Number)] },
      ],
    });
  });

  it('says what to do where there is no PyTorch', async () => {
    const size = ['--backbone', 'resnet8', '--batch', '4', '--steps', '1', '--rounds', '1'];
    const { code, stderr } = await runBench([
      'step',
      ...size,
      '--against',
      'pytorch',
      '--python',
      'no-such-python',
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain('name a Python that has PyTorch with --python');
  });

  it('says which backbones there are', async () => {
    const { code, stderr } = await runBench(['step', '--backbone', 'resnet9']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/resnet8, resnet14, resnet20, resnet32/);
  });
});

describe('bench data', () => {
  it('lists what there is', async () => {
    const { stdout } = await runBench(['data', 'list']);
    expect(stdout).toMatch(/^cifar10: CIFAR-10/);
    expect(stdout).toMatch(/50000 train \+ 10000 test images of 32 x 32 x 3/);
  });

  it('tells that files are not the official ones, with exit code 1', async () => {
    const data = join(folder, 'data');
    writeSyntheticCifar10(data, 10);
    const { code, stdout } = await runBench(['data', 'verify', 'cifar10', '--data-folder', data]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^train: 50 images, NOT the official cifar10/);
  });

  it('draws a labelled grid of a folder of files', async () => {
    const data = join(folder, 'data');
    const out = join(folder, 'page.png');
    writeSyntheticCifar10(data, 10);
    const { code, stdout } = await runBench([
      'data',
      'show',
      'cifar10',
      '--data-folder',
      data,
      '--count',
      '20',
      '--out',
      out,
    ]);
    expect(code).toBe(0);
    expect(stdout).toBe(`20 of 50 images are in ${out}.\n`);
    expect([...readFileSync(out).subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  });

  it('says what a page must be called, and what is wrong with the files', async () => {
    const wrongName = await runBench(['data', 'show', 'cifar10', '--out', 'page.jpg']);
    expect(wrongName.code).toBe(2);
    expect(wrongName.stderr).toBe("--out is 'page.jpg'; the page is a PNG file, such as page.png.\n");
    const absent = join(folder, 'absent');
    const wrongFolder = await runBench(['data', 'verify', 'mnist', '--data-folder', absent]);
    expect(wrongFolder.code).toBe(2);
    expect(wrongFolder.stderr).toMatch(
      `the data folder ${absent} does not exist. Give a folder that has train-images`,
    );
  });

  it('names the datasets when it is asked for another', async () => {
    const { code, stderr } = await runBench(['data', 'get', 'cifar11']);
    expect(code).toBe(2);
    expect(stderr).toContain(
      "There is no dataset 'cifar11'. The names are cifar10, cifar100, mnist, fashion-mnist",
    );
  });
});

describe('bench doctor', () => {
  it('finds the engine', async () => {
    const found = await json(['doctor']);
    expect(found).toMatchObject({
      ready: true,
      environment: { node: process.version },
      engine: { tensorflowVersion: '2.15.1' },
    });
  });
});

describe('bench', () => {
  it('shows its commands when it is given none, as wrong usage', async () => {
    const { code, stdout, stderr } = await runBench([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: bench[^]*Exit codes: 0 done, 1 failed, 2 wrong usage or bad input/);
  });

  it('goes on when nobody reads any more', async () => {
    const { code, stderr } = await runBench(['data', 'list'], { closeStdout: true });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('suggests the command that was meant', async () => {
    const { code, stderr } = await runBench(['quik']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^Unknown command 'quik'\n\(Did you mean quick\?\)/);
  });
});
