import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@hyperspherical/tfjs-native';
import { datasetCard, type Dataset, firstImages } from '@hyperspherical/datasets';
import { loadDataset } from '@hyperspherical/datasets/node';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EpochRecord } from '../src/records/epoch-record.js';
import { parseExperiment } from '../src/experiment/parse-experiment.js';
import { runExperiment } from '../src/engine/run.js';

const heads = {
  hyperspherical: {
    head: { kind: 'prototype-classifier', prototypes: { method: 'auto', dimensions: 10 } },
    reduction: 'sum',
    learningRate: 0.004,
  },
  softmax: { head: { kind: 'softmax-classifier' }, reduction: 'mean', learningRate: 0.1 },
};

describe('a run on a thousand real images', () => {
  let data: { train: Dataset; test: Dataset } | undefined;
  let unreachable = '';
  let folder = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bench-learns-'));
    try {
      const [train, test] = await Promise.all([
        loadDataset('cifar10'),
        loadDataset('cifar10', { split: 'test' }),
      ]);
      data = { train: firstImages(train, 1000), test: firstImages(test, 500) };
    } catch (error) {
      unreachable = (error as Error).message;
    }
  }, 300_000);

  beforeEach(({ skip }) => {
    if (data === undefined) skip(`CIFAR-10 cannot be had here: ${unreachable}`);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(Object.entries(heads))('learns with the %s head, and leaves no tensor', async (name, choice) => {
    const { head, reduction, learningRate } = choice;
    const experiment = parseExperiment(
      {
        name,
        title: name,
        dataset: { kind: 'cifar10' },
        backbone: { kind: 'cifar-resnet', depth: 8 },
        head,
        training: {
          epochs: 4,
          batchSize: 50,
          reduction,
          optimizer: { kind: 'sgd', learningRate, nesterov: true },
          schedule: { kind: 'one-cycle' },
          augmentation: { padAndCrop: 0 },
        },
        seed: 0,
      },
      'this test',
    );
    const before = memory().numTensors;
    const epochs: EpochRecord[] = [];
    await runExperiment({
      experiment,
      ...data!,
      normalise: datasetCard('cifar10').channels!,
      folder: join(folder, name),
      mode: 'graph',
      resume: false,
      force: false,
      facts: {},
      signal: new AbortController().signal,
      emit(event) {
        if (event.kind === 'epoch-end') epochs.push(event.record);
      },
    });
    const first = epochs[0]!;
    const last = epochs.at(-1)!;
    expect(last.trainLoss).toBeLessThan(0.9 * first.trainLoss);
    expect(last.metrics.accuracy).toBeGreaterThan(first.metrics.accuracy!);
    // Guessing is right in 10 %.
    expect(last.metrics.accuracy).toBeGreaterThan(0.2);
    expect(memory().numTensors).toBe(before);
  });
});
