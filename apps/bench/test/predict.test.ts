import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeSafetensors, encodeSafetensors } from '@hyperspherical/backbones';
import { decodeNpy } from '@hyperspherical/prototypes';
import { loadDataset } from '@hyperspherical/datasets/node';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBench } from './run-bench.js';
import { writeSyntheticCifar10 } from './synthetic-cifar10.js';

let folder = '';
let data = '';
let run = '';
let image = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bench-predict-'));
  data = join(folder, 'data');
  run = join(folder, 'run');
  image = join(folder, 'image.png');
  writeSyntheticCifar10(data, 100);
  const words = [
    'run',
    'quick/hyperspherical',
    '--epochs',
    '6',
    '--set',
    'training.batchSize=50',
    '--out',
    run,
  ];
  const { code, stderr } = await runBench([...words, '--data-folder', data]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const test = await loadDataset('cifar10', { split: 'test', folder: data });
  await sharp(Buffer.from(test.images.subarray(0, 3072)), { raw: { width: 32, height: 32, channels: 3 } })
    .png()
    .toFile(image);
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function json(words: readonly string[]): Promise<Record<string, never>> {
  const { code, stdout, stderr } = await runBench([...words, '--json']);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return JSON.parse(stdout) as Record<string, never>;
}

describe('bench embed', () => {
  it('writes the outputs of the whole split, with labels beside them', async () => {
    const out = join(folder, 'outputs.npy');
    await json(['embed', '--run', run, '--out', out, '--data-folder', data]);
    const outputs = decodeNpy(readFileSync(out));
    const labels = decodeNpy(readFileSync(join(folder, 'outputs.labels.npy')));
    expect(outputs.shape).toEqual([100, 10]);
    expect(Array.from(labels.values.slice(0, 12))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
  });
});

describe('bench predict', () => {
  it('tells the class whose prototype is nearest to the output that embed wrote', async () => {
    const out = join(folder, 'again.npy');
    await json(['embed', '--run', run, '--out', out, '--data-folder', data]);
    const { values } = decodeNpy(readFileSync(out));
    const model = JSON.parse(readFileSync(join(run, 'model.json'), 'utf8')) as {
      head: { prototypes: { dimensions: number; values: number[] } };
      classNames: string[];
    };
    const { dimensions, values: prototypes } = model.head.prototypes;
    const output = Array.from(values.slice(0, dimensions));
    const cosines = model.classNames.map(
      (_, label) =>
        output.reduce((sum, value, axis) => sum + value * prototypes[label * dimensions + axis]!, 0) /
        Math.hypot(...output),
    );
    const best = Math.max(...cosines);
    const { predictions } = await json(['predict', '--run', run, image]);
    const [{ classes }] = predictions as unknown as [{ classes: { name: string; score: number }[] }];
    expect(classes).toHaveLength(3);
    expect(classes[0]!.name).toBe(model.classNames[cosines.indexOf(best)]);
    expect(classes[0]!.score).toBeClose(best, { relative: 1e-4, absolute: 1e-4 });
  });

  it('takes images of any size and shows classes with cosines', async () => {
    const large = join(folder, 'large.jpg');
    await sharp({ create: { width: 300, height: 200, channels: 3, background: '#4080c0' } }).toFile(large);
    const { code, stdout } = await runBench(['predict', '--run', run, '--top', '2', large]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/large\.jpg\n +-?\d\.\d{3} {2}\w+\n +-?\d\.\d{3} {2}\w+\n {2}\(cosines/);
  });
});

describe('a model of another version', () => {
  /** The run, with another `model.json`. */
  function changed(name: string, change: (model: Record<string, unknown>) => unknown): string {
    const copy = join(folder, name);
    cpSync(run, copy, { recursive: true });
    const path = join(copy, 'model.json');
    const model = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    writeFileSync(path, JSON.stringify({ ...model, ...(change(model) as object) }));
    return copy;
  }

  it.each<[string, string, (model: Record<string, unknown>) => unknown]>([
    [
      'schema',
      'model.json is not what this version of the bench writes, at schemaVersion: Invalid input: expected 1.',
      () => ({ schemaVersion: 2 }),
    ],
    ['kind', 'its kind is "hyperbolic-classifier"', () => ({ head: { kind: 'hyperbolic-classifier' } })],
    [
      'field',
      'has unknown fields: temperature',
      ({ head }) => ({ head: { ...(head as object), temperature: 2 } }),
    ],
    [
      'network',
      'model.json is not what this version of the bench writes, at backbone.outputDimensions: ',
      () => ({ backbone: { kind: 'transformer' } }),
    ],
  ])('is refused by its %s, with what to do', async (name, sentence, change) => {
    const { code, stdout, stderr } = await runBench(['predict', '--run', changed(name, change), image]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr).toContain(
      'Use the version that wrote it (environment.json beside it names it, as bench), or train the model again.',
    );
  });
});

describe('bench export', () => {
  it('writes files that belong together, and does not replace others', async () => {
    const out = join(folder, 'exported');
    await json(['export', '--run', run, '--out', out]);
    for (const name of ['model.json', 'weights.bin', 'head.json'])
      expect(existsSync(join(out, name))).toBe(true);
    const { images, normalise } = JSON.parse(readFileSync(join(out, 'head.json'), 'utf8')) as {
      images: unknown;
      normalise: { mean: number[] };
    };
    expect(images).toEqual({
      ...{ size: [32, 32], fit: 'cover', kernel: 'triangle', orientation: 'exif', alpha: 'drop' },
      ...{ profile: 'ignore', color: 'rgb', mask: 'none', frame: 'first', range: 255 },
    });
    expect(normalise.mean).toHaveLength(3);
    const again = await runBench(['export', '--run', run, '--out', out]);
    expect(again.code).toBe(2);
    expect(again.stderr).toMatch(/is not empty.*--force/);
  });
});

describe('a model whose weights are not finite', () => {
  it('is refused by predict and embed, which name the image and the weight and write nothing', async () => {
    const broken = join(folder, 'broken');
    cpSync(run, broken, { recursive: true });
    const path = join(broken, 'model.safetensors');
    const { arrays } = decodeSafetensors(readFileSync(path));
    const { name, values } = arrays.find((array) => array.name.startsWith('backbone/'))!;
    values[0] = Number.NaN;
    writeFileSync(path, Buffer.concat(encodeSafetensors({ arrays })));
    const weight = name.slice('backbone/'.length);
    const predicted = await runBench(['predict', '--run', broken, '--json', image]);
    expect({ code: predicted.code, stdout: predicted.stdout }).toEqual({ code: 1, stdout: '' });
    expect(predicted.stderr).toContain(`The model gives NaN for ${image}: the weight ${weight} holds NaN.`);
    const out = join(folder, 'nan.npy');
    const embedded = await runBench(['embed', '--run', broken, '--out', out, '--data-folder', data]);
    expect(embedded.code).toBe(1);
    expect(embedded.stderr).toContain('The model gives NaN for image 0 of the test images: the weight');
    expect(existsSync(out)).toBe(false);
  });
});

describe('what these commands answer to bad input', () => {
  it.each([
    ['a folder without a model', () => ['predict', '--run', folder, image], /holds no trained model/],
    [
      'an image that is not there',
      () => ['predict', '--run', run, join(folder, 'no.png')],
      /There is no image .*no\.png/,
    ],
    [
      'a file that is no image',
      () => {
        writeFileSync(join(folder, 'text.png'), 'not an image');
        return ['predict', '--run', run, join(folder, 'text.png')];
      },
      /text\.png is no image that can be read/,
    ],
    ['no run', () => ['predict', image], /Required option '--run <folder>' not specified/],
  ])('%s', async (_name, words, message) => {
    const { code, stderr, stdout } = await runBench(words());
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});
