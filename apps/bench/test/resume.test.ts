import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@hyperspherical/tfjs-native';
import type { Dataset } from '@hyperspherical/datasets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseExperiment } from '../src/experiment/parse-experiment.js';
import { runExperiment } from '../src/run-experiment.js';
import type { RunResult } from '../src/run-result.js';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-resume-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Images without structure, whose rounding errors are as large as those of real ones. */
function noise(size: number): Dataset {
  const images = Uint8Array.from({ length: size * 28 * 28 }, (_, at) => (at * at * 2654435761) >>> 11);
  return {
    name: 'noise',
    split: 'train',
    size,
    imageShape: [28, 28, 1],
    images,
    values: Float32Array.from({ length: size }, (_, image) => (image * 37) % 180),
  };
}

async function run(name: string, resume: boolean, stopAtStep?: number): Promise<RunResult> {
  const stop = new AbortController();
  const experiment = parseExperiment(
    {
      name,
      title: name,
      dataset: { kind: 'image-csv' },
      backbone: { kind: 'convnet' },
      head: { kind: 'prototype-regressor', dimensions: 2 },
      training: {
        epochs: 2,
        batchSize: 128,
        reduction: 'sum',
        optimizer: { kind: 'sgd', learningRate: 0.001 },
        schedule: { kind: 'constant' },
      },
    },
    'this test',
  );
  return runExperiment({
    experiment,
    train: noise(1280),
    test: { ...noise(64), split: 'test' },
    normalise: { mean: [0.5], standardDeviation: [0.3] },
    folder: join(folder, name),
    mode: 'graph',
    resume,
    force: false,
    facts: {},
    signal: stop.signal,
    emit: (event) => {
      if (event.kind === 'step-end' && event.step === stopAtStep) stop.abort();
    },
  });
}

describe('a run of a regression', () => {
  it.each([1, 4])('that stops after step %i resumes to the bytes of an uninterrupted one', async (step) => {
    const whole = `whole-${step}`;
    const cut = `cut-${step}`;
    await run(whole, false);
    expect((await run(cut, false, step)).status).toBe('interrupted');
    expect((await run(cut, true)).status).toBe('completed');
    const weights = (name: string): Buffer => readFileSync(join(folder, name, 'model.safetensors'));
    expect(weights(cut).equals(weights(whole))).toBe(true);
  });
});
