import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@hyperspherical/tfjs-native';
import { createBackbone } from '@hyperspherical/backbones';
import { datasetCard, type Dataset } from '@hyperspherical/datasets';
import { nameWords } from '@hyperspherical/word-embeddings';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTask } from '../src/engine/task/create-task.js';
import { taskOfHead } from '../src/experiment/check-combination.js';
import type { Experiment } from '../src/experiment/experiment-schema.js';
import { bundledExperiments } from '../src/experiment/bundled-experiments.js';
import { resolveExperiment } from '../src/experiment/resolve-experiment.js';
import { chooseData } from '../src/engine/data/open-data.js';

let folder = '';
let words = '';

/** Class names of the datasets whose names are in their files. `jinrikisha` is a class of Tiny ImageNet that no usual set of word vectors has. */
const namesInFiles: Readonly<Record<string, readonly string[]>> = {
  'tiny-imagenet': ['jinrikisha', ...numbered('object', 199)],
  'cub-200-2011': numbered('bird', 200),
  omniart: numbered('school', 45),
};

function numbered(word: string, count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `${word}${String.fromCharCode(97 + (index % 26), 97 + Math.floor(index / 26))}`,
  );
}

/** A split that is what a dataset's card says, but for two small grey images a class. */
function syntheticSplit(kind: Experiment['dataset']['kind'], split: string): Dataset {
  const card = datasetCard(kind);
  const classNames = namesInFiles[kind] ?? Object.values(card.classNames)[0]!;
  const size = 2 * classNames.length;
  const channels = card.imageShape?.[2] ?? 3;
  const [lowest, highest] = card.values?.bounds ?? [0, 1];
  return {
    name: kind,
    split,
    size,
    imageShape: [8, 8, channels],
    images: new Uint8Array(size * 64 * channels).fill(128),
    labels: Int32Array.from({ length: size }, (_, index) => index % classNames.length),
    classNames,
    ...(card.values && {
      values: Float32Array.from({ length: size }, (_, index) => lowest + (index / size) * (highest - lowest)),
      valueName: card.values.name,
      valueUnit: card.values.unit,
      valueBounds: [lowest, highest] as const,
    }),
  };
}

/** The same choice with points that take no search, and words from a small file. */
function withQuickPrototypes({ head, ...experiment }: Experiment): Experiment {
  if (!('prototypes' in head)) return { ...experiment, head };
  const { prototypes } = head;
  // A run of its own decides how many there are where another run's prototypes are taken.
  const { method, dimensions = 10 } = prototypes as { method: string; dimensions?: number };
  if (method === 'word-vectors' || method === 'semantic') {
    const { synonyms } = prototypes as { synonyms?: Record<string, string> };
    // No more principal axes than the fewest classes.
    const quick = { method: 'word-vectors', dimensions: Math.min(dimensions, 100), words, synonyms };
    return { ...experiment, head: { ...head, prototypes: quick } } as Experiment;
  }
  const closed = ['one-hot', 'simplex', 'orthoplex', 'circle'].includes(method);
  return {
    ...experiment,
    head: { ...head, prototypes: { method: closed ? method : 'random', dimensions } },
  } as Experiment;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-experiments-'));
  // Word vectors are kept packed, and these are of no use to anyone.
  vi.stubEnv('HYPERSPHERICAL_CACHE', folder);
  words = join(folder, 'words.txt');
  const names = [
    ...Object.values(datasetCard('cifar100').classNames).flat(),
    ...Object.values(namesInFiles).flat(),
    'rickshaw',
  ];
  const known = new Set(names.flatMap((name) => nameWords(name)).filter((word) => word !== 'jinrikisha'));
  // 200 numbers a word, which are as if drawn at random.
  const lines = [...known].map(
    (word, row) =>
      `${word} ${Array.from({ length: 200 }, (_, at) => Math.sin((row + 1) * (at + 1) ** 2).toFixed(4)).join(' ')}`,
  );
  writeFileSync(words, `${lines.join('\n')}\n`);
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('the experiments that come with the bench', () => {
  const built = new Set<string>();

  it.each(bundledExperiments().map(({ name }) => name))('%s fits its data', async (name) => {
    const experiment = resolveExperiment(name, { set: [] });
    const { dataset, head, backbone, evaluation, seed } = experiment;
    const task = taskOfHead[head.kind];
    const data = chooseData(experiment, {
      train: syntheticSplit(dataset.kind, 'train'),
      test: syntheticSplit(dataset.kind, 'test'),
    });
    const classes =
      dataset.classes?.length ??
      dataset.ranks ??
      Object.values(datasetCard(dataset.kind).classNames)[0]!.length;
    for (const images of [data.train, data.test]) {
      expect(images.size).toBeGreaterThan(0);
      if (task !== 'regression') {
        expect(images.classNames).toHaveLength(classes || namesInFiles[dataset.kind]!.length);
        expect(Math.max(...images.labels!)).toBeLessThan(images.classNames!.length);
      }
      if (task !== 'classification') {
        const [lowest, highest] = images.valueBounds!;
        expect(images.values!.every((value) => lowest <= value && value <= highest)).toBe(true);
        expect(new Set(images.values).size).toBeGreaterThan(2);
        expect(images.valueUnit).toBeTypeOf('string');
      }
    }
    expect(data.others.unknown?.size ?? 0).toBe(2 * (evaluation?.unknownClasses?.length ?? 0));
    expect(data.others.added?.test.size ?? 0).toBe(2 * (evaluation?.newClasses?.classes.length ?? 0));

    const { head: made, kind } = await createTask(withQuickPrototypes(experiment), data.train);
    expect(kind).toBe(task);
    // Each network once, with the sizes that the experiment asks for.
    const imageShape = [
      ...(dataset.imageSize ?? datasetCard(dataset.kind).imageShape!.slice(0, 2)),
      data.train.imageShape[2],
    ];
    const key = JSON.stringify({ backbone, imageShape });
    if (!built.has(key)) {
      built.add(key);
      const outputDimensions = made.outputDimensions;
      createBackbone(
        backbone.kind === 'convnet' || backbone.kind === 'mlp'
          ? { ...backbone, imageShape: imageShape as [number, number, number], outputDimensions, seed }
          : { ...backbone, imageChannels: imageShape[2]!, outputDimensions, seed },
      ).dispose();
    }
    made.dispose();
  });
});
