import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveExperiment } from '../src/experiment/resolve-experiment.js';
import { openData, type ExperimentData } from '../src/engine/data/open-data.js';
import { runResultSchema } from '../src/records/run-result.js';
import { runBench } from './run-bench.js';
import { writeSyntheticCifar10 } from './synthetic-cifar10.js';

let folder = '';
let data = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-data-'));
  data = join(folder, 'data');
  writeSyntheticCifar10(data, 200);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const signal = new AbortController().signal;

function open(...set: string[]): Promise<ExperimentData> {
  return openData(resolveExperiment('quick/hyperspherical', { set }), { dataFolder: data, signal });
}

function countsOf(labels: Int32Array | undefined): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const label of labels ?? []) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

describe('openData', () => {
  it('loads everything by default', async () => {
    const { train, test, others } = await open();
    expect([train.size, test.size, others]).toEqual([1000, 200, {}]);
  });

  it('keeps some classes, numbered anew', async () => {
    const { train, test } = await open('dataset.classes=[3,5,7]');
    expect(train.classNames).toEqual(['cat', 'dog', 'horse']);
    expect([train.size, test.size]).toEqual([300, 60]);
    expect(Object.keys(countsOf(test.labels))).toEqual(['0', '1', '2']);
  });

  it('refuses choices that leave no images', async () => {
    const red = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    for (const place of ['train/cat', 'train/dog', 'train/owl', 'test/cat']) {
      mkdirSync(join(folder, 'pictures', place), { recursive: true });
      writeFileSync(join(folder, 'pictures', place, '1.png'), red);
    }
    const set = ['dataset={"kind":"image-folder","imageSize":[8,8],"classes":[1,2]}'];
    const experiment = resolveExperiment('quick/hyperspherical', { set });
    await expect(openData(experiment, { dataFolder: join(folder, 'pictures'), signal })).rejects.toThrow(
      /^The experiment does not fit its data: .*no images/,
    );
  });

  it('grows counts over the classes in both splits', async () => {
    const { train, test } = await open('dataset.select={"kind":"linear","from":2,"to":20}');
    const growing = { 0: 2, 1: 4, 2: 6, 3: 8, 4: 10, 5: 12, 6: 14, 7: 16, 8: 18, 9: 20 };
    expect(countsOf(train.labels)).toEqual(growing);
    expect(countsOf(test.labels)).toEqual(growing);
  });

  it('lets a long tail fall in the training images alone', async () => {
    const { train, test } = await open('dataset.select={"kind":"long-tail","ratio":10}');
    const counts = countsOf(train.labels);
    expect([counts[0], counts[9], test.size]).toEqual([100, 10, 200]);
  });

  it('turns images by angles that become their values, others in the test set', async () => {
    const { train, test } = await open('dataset.targets={"kind":"rotation"}');
    expect(train).toMatchObject({ valueName: 'rotation', valueUnit: 'degrees', valueBounds: [0, 180] });
    expect(train.labels).toHaveLength(1000);
    expect(Array.from(train.values!.slice(0, 5))).not.toEqual(Array.from(test.values!.slice(0, 5)));
    const again = await open('dataset.targets={"kind":"rotation"}', 'seed=9');
    expect(again.train.values).toEqual(train.values);
  });

  it('makes ordered labels of values', async () => {
    const { train } = await open('dataset.targets={"kind":"rotation"}', 'dataset.ranks=6');
    expect(train.classNames).toEqual([
      '0 to 30 degrees',
      '30 to 60 degrees',
      '60 to 90 degrees',
      '90 to 120 degrees',
      '120 to 150 degrees',
      '150 to 180 degrees',
    ]);
    for (const [index, label] of train.labels!.entries())
      expect(label).toBe(Math.min(5, Math.floor(train.values![index]! / 30)));
  });

  it('sets classes apart for the evaluations after training', async () => {
    const { train, others } = await open(
      'dataset.classes=[0,1,2,3,4,5]',
      'evaluation={"unknownClasses":[6,7],"newClasses":{"classes":[8,9],"examples":5}}',
    );
    expect(train.size).toBe(600);
    expect(others.unknown?.size).toBe(40);
    expect(others.added?.examples.size).toBe(10);
    expect(countsOf(others.added?.examples.labels)).toEqual({ 0: 5, 1: 5 });
    expect(others.added?.test.classNames).toEqual(['ship', 'truck']);
  });

  it.each([
    ['dataset.classes=[0,10]', /does not fit its data: there is no class 10/],
    ['dataset.select={"kind":"per-class","images":101}', /class 0 \(airplane\) has 100 images; 101 cannot/],
    ['dataset.ranks=4', /dataset.ranks makes labels of values, and cifar10 has none/],
  ])('refuses %s in one sentence', async (set, message) => {
    await expect(open(set)).rejects.toThrow(message);
  });
});

describe('bench run on chosen data', () => {
  const run = async (name: string, ...words: string[]) => {
    const out = join(folder, name);
    const common = ['--epochs', '4', '--set', 'training.batchSize=50', '--data-folder', data, '--out', out];
    const finished = await runBench(['run', ...words, ...common, '--json']);
    expect({ code: finished.code, stderr: finished.stderr }).toMatchObject({ code: 0 });
    return runResultSchema.parse(JSON.parse(finished.stdout));
  };

  it('measures unknown and new classes once, after training', async () => {
    const result = await run(
      'others',
      'quick/hyperspherical',
      '--set',
      'dataset.classes=[0,1,2,3,4,5]',
      '--set',
      'evaluation={"unknownClasses":[6,7],"newClasses":{"classes":[8,9],"examples":5}}',
    );
    expect(Object.keys(result.extra ?? {}).sort()).toEqual([
      'newClassAccuracy',
      'oldClassAccuracy',
      'unknownAuroc',
      'unknownFalsePositiveRateAt95',
    ]);
    for (const share of Object.values(result.extra ?? {})) {
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    }
  });

  it('starts from the weights of another run, and says when these are not there', async () => {
    await run('pre-training', 'quick/softmax');
    const initialise = `initialise={"from":${JSON.stringify(join(folder, 'pre-training'))}}`;
    const fine = await run('fine-tuned', 'quick/hyperspherical', '--set', initialise);
    const scratch = await run('from-scratch', 'quick/hyperspherical');
    expect(fine.history.trainLoss![0]).toBeLessThan(scratch.history.trainLoss![0]!);
    const { code, stderr } = await runBench([
      ...['run', 'quick/hyperspherical', '--set', 'initialise={"from":"nowhere"}'],
      ...['--data-folder', data, '--out', join(folder, 'never')],
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /initialise\.from is nowhere, and no run has completed there; carry that run out first\.$/m,
    );
  });

  it('learns angles, and reads them in degrees', async () => {
    const head = 'head={"kind":"prototype-regressor"}';
    await run(
      'angles',
      'quick/hyperspherical',
      '--set',
      'dataset.targets={"kind":"rotation"}',
      '--set',
      head,
    );
    const details = JSON.parse(readFileSync(join(folder, 'angles', 'evaluation.json'), 'utf8')) as {
      valueUnit: string;
    };
    expect(details.valueUnit).toBe('degrees');
  });
});
