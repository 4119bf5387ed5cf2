import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveExperiment } from '../experiment/resolve-experiment.js';
import { planSweep, type PlannedRun } from './plan-sweep.js';
import { parseSweep } from './read-sweep.js';

let folder = '';
let file = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plan-sweep-'));
  file = join(folder, 'sweep.json');
  const own = { extends: 'quick/softmax', study: 'quick', name: 'softmax' };
  writeFileSync(join(folder, 'own.json'), JSON.stringify(own));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function plan(json: object, changes = {}): PlannedRun[] {
  return planSweep(
    parseSweep({ name: 'test', experiments: ['quick/softmax'], ...json }, file),
    file,
    changes,
  );
}

describe('planSweep', () => {
  it('makes a run of every experiment at every point of the grid with every seed', () => {
    const runs = plan({
      experiments: ['quick/softmax', 'quick/hyperspherical'],
      grid: { 'training.optimizer.learningRate': [0.1, 0.2] },
      seeds: [0, 7],
    });
    expect(runs.map((run) => run.folder)).toEqual([
      'quick/softmax,learningRate=0.1/seed-0',
      'quick/softmax,learningRate=0.1/seed-7',
      'quick/softmax,learningRate=0.2/seed-0',
      'quick/softmax,learningRate=0.2/seed-7',
      'quick/hyperspherical,learningRate=0.1/seed-0',
      'quick/hyperspherical,learningRate=0.1/seed-7',
      'quick/hyperspherical,learningRate=0.2/seed-0',
      'quick/hyperspherical,learningRate=0.2/seed-7',
    ]);
    expect(runs[3]!.experiment).toMatchObject({
      title: 'softmax, learningRate 0.2',
      seed: 7,
      training: { optimizer: { learningRate: 0.2 } },
    });
  });

  it("uses bench run's own folder where there is no grid", () => {
    expect(plan({}).map((run) => run.folder)).toEqual(['quick/softmax/seed-0']);
  });

  it('gives words with which bench run makes the same experiment', () => {
    const [run] = plan(
      {
        grid: {
          'training.schedule': [{ kind: 'constant' }, { kind: 'steps', atEpochs: [1] }],
          title: ["it's"],
        },
        set: { 'training.reduction': 'sum' },
        seeds: [3],
      },
      { epochs: 2, limitImages: 50 },
    ).slice(-1);
    const [name = '', ...words] = run!.words;
    const changes = { set: [] as string[], seed: 0, epochs: 0, limitImages: 0 };
    for (let at = 0; at < words.length; at += 2) {
      const value = words[at + 1]!;
      if (words[at] === '--set') changes.set.push(value);
      if (words[at] === '--seed') changes.seed = Number(value);
      if (words[at] === '--epochs') changes.epochs = Number(value);
      if (words[at] === '--limit-images') changes.limitImages = Number(value);
    }
    expect(resolveExperiment(name, changes)).toEqual(run!.experiment);
    expect(run!.experiment).toMatchObject({
      title: "it's",
      seed: 3,
      dataset: { limitImages: 50 },
      training: { epochs: 2, reduction: 'sum', schedule: { kind: 'steps', atEpochs: [1] } },
    });
  });

  it('gives ids that depend on the content alone', () => {
    const ids = (json: object, changes = {}): string[] => plan(json, changes).map(({ id }) => id);
    const [first] = ids({ seeds: [0, 1] });
    expect(ids({ seeds: [1, 0] })[1]).toBe(first);
    expect(ids({ set: { title: 'another' } })[0]).toBe(first);
    expect(ids({ set: { 'training.batchSize': 64 } })[0]).not.toBe(first);
    expect(ids({}, { epochs: 1 })[0]).not.toBe(first);
    expect(new Set(ids({ seeds: [0, 1, 2] })).size).toBe(3);
  });

  it('takes files beside its own, and whole studies', () => {
    expect(plan({ experiments: ['own.json'] })).toHaveLength(1);
    expect(plan({ experiments: ['quick/*'] }).map(({ experiment }) => experiment.study)).toEqual([
      'quick',
      'quick',
    ]);
  });

  it.each([
    [{ experiments: ['quick/nothing'] }, /sweep\.json: There is no experiment quick\/nothing/],
    [{ experiments: ['nothing/*'] }, /no study matches nothing\/\*/],
    [{ experiments: ['nothing.json'] }, /There is no file nothing\.json/],
    [{ experiments: ['quick/softmax', 'own.json'] }, /makes the same run twice: quick\/.*seed 0/],
    [{ seeds: [1, 1] }, /makes the same run twice: .* with seed 1\. Take out/],
    [{ grid: { 'training.epochs': [2, 2] } }, /makes the same run twice/],
    [{ grid: { title: ['a', 'b'] } }, /makes the same run twice/],
    [{ grid: { 'training.epoch': [2] } }, /with training\.epoch=2: .*at training: Unrecognized key: "epoch"/],
    [{ grid: { 'training.epochs': [1, 'many'] } }, /with training\.epochs=many: .*at training\.epochs/],
    [
      {
        experiments: ['quick/hyperspherical'],
        grid: { 'head.prototypes.dimensions': [10, 3] },
        set: { 'head.prototypes.method': 'one-hot' },
      },
      /dimensions=3: .*at head\.prototypes\.dimensions: one-hot prototypes of 10 classes need at least 10/,
    ],
  ])('refuses %j before anything starts', (json, message) => {
    expect(() => plan(json)).toThrow(message);
  });

  it('shortens the name of a folder that no disk could hold, and keeps points apart', () => {
    const paths = ['training.optimizer.learningRate', 'training.optimizer.momentum', 'training.batchSize'];
    const grid = Object.fromEntries(paths.map((path) => [path, [0.123456789012345, 0.123456789012346]]));
    const more = { 'training.schedule': ['constant', 'cosine'].map((kind) => ({ kind })) };
    const runs = plan({
      grid: { ...grid, 'training.batchSize': [64, 128], ...more },
      set: { name: 'n'.repeat(150) },
    });
    expect(new Set(runs.map(({ folder }) => folder)).size).toBe(16);
    for (const { folder } of runs)
      for (const part of folder.split('/')) expect(part.length).toBeLessThanOrEqual(255);
  });

  it.each([
    [
      { set: { study: 'sweeps' } },
      /the study of softmax is sweeps, whose folder holds other files of sweeps/,
    ],
    [{ set: { study: 'remote' } }, /the study of softmax is remote/],
    [{ set: { name: 'n'.repeat(300) } }, /is too long for the name of a folder; shorten study or name/],
    [{ name: 'n'.repeat(300) }, /at name: must have at most 200 characters/],
  ])('refuses names that would be no folders of their own: %#', (json, message) => {
    expect(() => plan(json)).toThrow(message);
  });

  it('refuses more runs than anybody means', () => {
    expect(() => plan({ seeds: Array.from({ length: 10_001 }, (_, seed) => seed) })).toThrow(
      /makes 10001 runs; 10000 is the most/,
    );
  });
});
