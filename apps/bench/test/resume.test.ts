import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@hyperspherical/tfjs-native';
import type { Dataset } from '@hyperspherical/datasets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluationDetailsSchema } from '../src/records/evaluation-details.js';
import { parseExperiment } from '../src/experiment/parse-experiment.js';
import { runExperiment } from '../src/engine/run.js';
import type { RunResult } from '../src/records/run-result.js';
import { spherePoints } from '../src/engine/task/sphere-points.js';

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
    labels: Int32Array.from({ length: size }, (_, image) => (image * 7) % 10),
    classNames: Array.from({ length: 10 }, (_, label) => `class ${label}`),
    values: Float32Array.from({ length: size }, (_, image) => (image * 37) % 180),
  };
}

interface Parts {
  readonly head?: unknown;
  readonly backbone?: unknown;
  readonly momentum?: number;
}

async function run(
  name: string,
  resume: boolean,
  stopAtStep?: number,
  {
    head = { kind: 'prototype-regressor', dimensions: 2 },
    backbone = { kind: 'convnet' },
    momentum = 0,
  }: Parts = {},
): Promise<RunResult> {
  const stop = new AbortController();
  const experiment = parseExperiment(
    {
      name,
      title: name,
      dataset: { kind: 'image-csv' },
      backbone,
      head,
      training: {
        epochs: 2,
        batchSize: 128,
        reduction: 'sum',
        optimizer: { kind: 'sgd', learningRate: 0.001, momentum },
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

describe('a run that an earlier version of the bench left behind', () => {
  it('goes on, and ends where that version would have ended', async () => {
    cpSync(new URL('fixtures/earlier-run', import.meta.url), join(folder, 'earlier'), { recursive: true });
    const parts = {
      head: { kind: 'prototype-classifier', prototypes: { method: 'auto', dimensions: 3 } },
      backbone: { kind: 'mlp', hidden: [8] },
    };
    const { status, history } = await run('earlier', true, undefined, { ...parts, momentum: 0.9 });
    expect(status).toBe('completed');
    // The numbers of the version that left it, uninterrupted; another processor may round otherwise.
    expect(history.trainLoss![0]).toBe(1.3047012686729431);
    expect(history.trainLoss![1]).toBeCloseTo(1.170662760734558, 5);
    expect(history.testLoss![1]).toBeCloseTo(0.9485872387886047, 5);
  });
});

describe('a run whose class vectors move', () => {
  const backbone = { kind: 'mlp', hidden: [8] };
  const vectors = (dimensions: number) => ({ prototypes: { method: 'auto', dimensions } });
  it.each([
    ['learned', { kind: 'cosine-classifier', learned: true, ...vectors(3) }],
    ['learned-9', { kind: 'cosine-classifier', learned: true, ...vectors(9) }],
    ['means-by-step', { kind: 'nearest-mean-classifier', ...vectors(3) }],
    ['means-by-epoch', { kind: 'nearest-mean-classifier', update: 'epoch', ...vectors(3) }],
    ['contrastive', { kind: 'contrastive-classifier', dimensions: 3 }],
  ])('shows them as they are, and the same after an interruption: %s', async (name, head) => {
    const read = (run: string, file: string): unknown =>
      JSON.parse(readFileSync(join(folder, run, file), 'utf8'));
    const [whole, cut] = [`whole-${name}`, `cut-${name}`];
    await run(whole, false, undefined, { head, backbone });
    expect((await run(cut, false, 4, { head, backbone })).status).toBe('interrupted');
    await run(cut, true, undefined, { head, backbone });
    const { sphere } = evaluationDetailsSchema.parse(read(whole, 'evaluation.json'));
    expect(read(cut, 'evaluation.json')).toEqual(read(whole, 'evaluation.json'));
    const points = spherePoints((read(whole, 'model.json') as { head: { kind: string } }).head);
    if (sphere!.projection === 'principal-axes') return;
    for (const [index, point] of points.entries()) {
      const length = Math.hypot(...point);
      for (const [axis, value] of point.entries())
        expect(sphere!.prototypes[index]![axis]).toBeCloseTo(value / length, 4);
    }
  });
});
