import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@hyperspherical/tfjs-native';
import type { Dataset } from '@hyperspherical/datasets';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../src/engine/checkpoint.js';
import { evaluationDetailsSchema } from '../src/records/evaluation-details.js';
import { parseExperiment } from '../src/experiment/parse-experiment.js';
import { modelDescriptionSchema } from '../src/records/model-description.js';
import { runExperiment } from '../src/engine/run.js';
import { runResultSchema, type RunResult } from '../src/records/run-result.js';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-heads-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Bright or dark stripes, down or across: four classes; the value is the brightness in percent. */
function stripes(size: number): Dataset {
  const images = new Uint8Array(size * 64);
  const labels = new Int32Array(size);
  const values = new Float32Array(size);
  for (let image = 0; image < size; image += 1) {
    const label = image % 4;
    const across = label % 2 === 1;
    const brightness = (label < 2 ? 40 : 160) + ((image * 37) % 60);
    labels[image] = label;
    values[image] = (100 * brightness) / 255;
    for (let at = 0; at < 64; at += 1) {
      const line = across ? at >> 3 : at & 7;
      images[image * 64 + at] = line % 2 === 0 ? brightness : 0;
    }
  }
  return {
    name: 'stripes',
    split: 'train',
    size,
    imageShape: [8, 8, 1],
    images,
    labels,
    values,
    classNames: ['dark down', 'dark across', 'bright down', 'bright across'],
    valueName: 'brightness',
    valueUnit: 'percent',
  };
}

async function run(
  name: string,
  head: unknown,
  change: {
    readonly optimizer?: unknown;
    readonly mode?: 'graph' | 'eager';
    readonly batchSize?: number;
    readonly schedule?: unknown;
  } = {},
): Promise<RunResult> {
  const experiment = parseExperiment(
    {
      name,
      title: name,
      // The data is given to the run by hand: this only says that it has labels and values.
      dataset: { kind: 'image-csv' },
      backbone: { kind: 'mlp', hidden: [32] },
      head,
      training: {
        epochs: 8,
        batchSize: change.batchSize ?? 20,
        reduction: 'mean',
        optimizer: change.optimizer ?? { kind: 'adam', learningRate: 0.01 },
        schedule: change.schedule ?? { kind: 'cosine' },
      },
    },
    'this test',
  );
  return runExperiment({
    experiment,
    train: stripes(200),
    test: { ...stripes(80), split: 'test' },
    normalise: { mean: [0.3], standardDeviation: [0.3] },
    folder: join(folder, name),
    mode: change.mode ?? 'graph',
    resume: false,
    force: true,
    facts: {},
    signal: new AbortController().signal,
    emit: () => undefined,
  });
}

const prototypes = { method: 'auto', dimensions: 3 };
const weights = { classification: 0.5, regression: 0.5 };

describe('a run with each head', () => {
  it.each([
    ['prototype-classifier', { prototypes }],
    ['softmax-classifier', {}],
    ['cosine-classifier', { prototypes }],
    ['cosine-classifier', { prototypes, learned: true, loss: 'arcface', scale: 16, margin: 0.2 }],
    ['simplex-logit-classifier', {}],
    ['nearest-mean-classifier', { prototypes }],
    ['nearest-mean-classifier', { prototypes, update: 'epoch' }],
    ['contrastive-classifier', { dimensions: 8 }],
    ['ordinal-classifier', {}],
    ['ordinal-classifier', { distance: 'squared', decoding: 'expectation' }],
    ['prototype-regressor', {}],
    ['prototype-regressor', { dimensions: 2 }],
    ['linear-regressor', { standardise: true }],
    ['joint', { prototypes, weights }],
    ['joint', { prototypes, weights, layout: 'shared' }],
    ['multi-task', { weights, standardise: true }],
  ])('%s %j learns, leaves whole files, and no tensor', async (kind, options) => {
    const name = `${kind}-${Object.values(options).length}`;
    const before = memory().numTensors;
    const result = await run(name, { kind, ...options });
    expect(memory().numTensors).toBe(before);
    expect(result.status).toBe('completed');
    const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, name, file), 'utf8'));
    expect(runResultSchema.parse(read('result.json'))).toEqual(result);
    const details = evaluationDetailsSchema.parse(read('evaluation.json'));
    const model = modelDescriptionSchema.parse(read('model.json'));
    // Once trained, a contrastive classifier is one by the nearest mean.
    expect(model.head.kind).toBe(kind.replace('contrastive', 'nearest-mean'));
    const { metrics } = result.final!;
    if (result.task !== 'regression') {
      // Guessing is right in a quarter.
      expect(metrics.accuracy).toBeGreaterThan(0.5);
      expect(details.confusion?.flat().reduce((sum, count) => sum + count, 0)).toBe(80);
    }
    if (result.task !== 'classification') {
      // The mean of all values is 23.5 away on average.
      expect(metrics.meanAbsoluteError).toBeLessThan(16);
      expect(details.predictions).toHaveLength(80);
      expect(details.valueUnit).toBe('percent');
    }
    expect(result.metric.name in metrics).toBe(true);
  });

  it('gives the same numbers operation by operation', async () => {
    const graph = await run('graph', { kind: 'joint', prototypes, weights });
    const eager = await run('eager', { kind: 'joint', prototypes, weights }, { mode: 'eager' });
    for (const [key, values] of Object.entries(graph.history)) expect(eager.history[key]).toBeClose(values);
  });

  it.each([
    { kind: 'sgd', learningRate: 0.05, momentum: 0.9, nesterov: true },
    { kind: 'adamw', learningRate: 0.01, weightDecay: 0.05 },
  ])('is trained by $kind too', async (optimizer) => {
    const result = await run('optimizer', { kind: 'prototype-classifier', prototypes }, { optimizer });
    expect(result.final?.metrics.accuracy).toBeGreaterThan(0.5);
  });
});

describe('a run whose loss is no number any more', () => {
  it('ends as diverged where the loss is still a number and the test is not', async () => {
    const optimizer = { kind: 'sgd', learningRate: 1e25 };
    // One step an epoch: the training loss is that of the first weights.
    const result = await run('unbounded', { kind: 'linear-regressor' }, { optimizer, batchSize: 200 });
    expect(result).toMatchObject({ status: 'diverged', final: null, steps: 1 });
    expect(result.reason).toMatch(/^the test \w+ became \w+ after epoch 1, step 1; .* in \w+\.\w+/);
    expect(
      runResultSchema.parse(JSON.parse(readFileSync(join(folder, 'unbounded', 'result.json'), 'utf8'))),
    ).toEqual(result);
  });

  it('ends as diverged, names step and layer, and keeps what it had', async () => {
    const optimizer = { kind: 'sgd', learningRate: 1e25 };
    const result = await run('diverges', { kind: 'linear-regressor' }, { optimizer });
    expect(result).toMatchObject({ status: 'diverged', final: null });
    expect(result.reason).toMatch(
      /^the loss became (NaN|Infinity) in epoch 1, step [2-9]; .*(hidden\.0|output)\.(weight|bias).*learning rate$/,
    );
  });

  it('keeps the last good checkpoint', async () => {
    const schedule = { kind: 'steps', atEpochs: [2], factor: 1e25 };
    const optimizer = { kind: 'sgd', learningRate: 1e-3 };
    const result = await run('late', { kind: 'prototype-regressor' }, { optimizer, schedule });
    expect(result).toMatchObject({ status: 'diverged', epochs: 2 });
    const { arrays, position } = readCheckpoint(join(folder, 'late', 'checkpoint', 'latest.safetensors'));
    expect(position).toMatchObject({ epoch: 2, step: 0 });
    expect(arrays.every(({ values }) => values.every(Number.isFinite))).toBe(true);
  });
});
