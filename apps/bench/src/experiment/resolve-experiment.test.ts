import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundledExperiments } from './bundled-experiments.js';
import { resolveExperiment } from './resolve-experiment.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'resolve-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

const quick = 'quick/hyperspherical';

describe('resolveExperiment', () => {
  it('takes every experiment that comes with the bench, each by its name', () => {
    const bundled = bundledExperiments();
    expect(bundled.length).toBeGreaterThan(1);
    for (const { name } of bundled) {
      const experiment = resolveExperiment(name);
      expect(`${experiment.study}/${experiment.name}`).toBe(name);
    }
  });

  it('puts what a file says over what it extends, and flags over both', () => {
    const base = write('base.json', { extends: quick, training: { epochs: 7, batchSize: 32 } });
    const path = write('own.json', { extends: base, name: 'mine', training: { epochs: 9 } });
    const experiment = resolveExperiment(path, { set: ['training.epochs=11'], seed: 3, limitImages: 50 });
    expect(experiment).toMatchObject({
      name: 'mine',
      seed: 3,
      dataset: { kind: 'cifar10', limitImages: 50 },
      training: { epochs: 11, batchSize: 32, reduction: 'sum' },
    });
  });

  it('extends several files, the later on top', () => {
    const first = write('first.json', { training: { epochs: 1, batchSize: 2 } });
    const second = write('second.json', { training: { epochs: 5 } });
    const path = write('own.json', { extends: [quick, first, second], name: 'mine' });
    expect(resolveExperiment(path).training).toMatchObject({ epochs: 5, batchSize: 2 });
  });

  it('finds paths from the extending file, not from the working folder', () => {
    write('base.json', { extends: quick });
    expect(resolveExperiment(write('own.json', { extends: 'base.json', name: 'mine' })).name).toBe('mine');
  });

  it('extends an experiment of the bench by its name, unless a file is there', () => {
    const path = write('own.json', { extends: 'quick/softmax', name: 'mine' });
    expect(resolveExperiment(path)).toMatchObject({ name: 'mine', head: { kind: 'softmax-classifier' } });
  });

  it('refuses a circle and shows it', () => {
    write('a.json', { extends: 'b.json' });
    write('b.json', { extends: 'a.json' });
    expect(() => resolveExperiment(join(folder, 'a.json'))).toThrow(
      /a\.json extends .*b\.json extends .*a\.json: that is a circle/,
    );
  });

  it.each([
    ['text that is no JSON', '{"seed": ', /own\.json is not valid JSON/],
    ['a list', [], /own\.json holds no JSON object/],
    [
      'a base that is not there',
      { extends: 'gone.json' },
      /Cannot read .*gone\.json, which .*own\.json extends/,
    ],
    ['a base that is no path', { extends: 3 }, /own\.json, at extends: give the path/],
    [
      'an unknown key',
      { extends: quick, training: { epoch: 3 } },
      /own\.json, at training: Unrecognized key: "epoch"/,
    ],
    ['an unknown kind', { extends: quick, head: { kind: 'magic' } }, /own\.json, at head\.kind: /],
  ])('says what is wrong with %s', (_name, value, message) => {
    expect(() => resolveExperiment(write('own.json', value))).toThrow(message);
  });

  it.each([
    [
      'quick/hyperspherica',
      /no experiment quick\/hyperspherica. There is quick\/hyperspherical, quick\/softmax/,
    ],
    ['softmax', /There is .*quick\/softmax/],
    ['nothing', /See bench list, or give a JSON file/],
    ['nowhere.json', /There is no file nowhere.json/],
  ])('names what there is instead of %s', (name, message) => {
    expect(() => resolveExperiment(name)).toThrow(message);
  });

  it.each([
    [
      'too few dimensions for one-hot',
      { head: { kind: 'prototype-classifier', prototypes: { method: 'one-hot', dimensions: 9 } } },
      /at head\.prototypes\.dimensions: one-hot prototypes of 10 classes need at least 10 dimensions, and get 9/,
    ],
    [
      'too few dimensions for a simplex',
      { head: { kind: 'prototype-classifier', prototypes: { method: 'simplex', dimensions: 8 } } },
      /need at least 9 dimensions/,
    ],
    [
      'a circle in space',
      { head: { kind: 'prototype-classifier', prototypes: { method: 'circle', dimensions: 3 } } },
      /circle is for 2 dimensions/,
    ],
    [
      'a joint head on a set without values',
      {
        head: {
          kind: 'joint',
          prototypes: { method: 'auto', dimensions: 3 },
          weights: { classification: 1, regression: 1 },
        },
      },
      /at head\.kind: joint needs a value for every image, and cifar10 has none; give dataset\.targets/,
    ],
  ])('refuses %s before anything is loaded', (_name, change, message) => {
    expect(() => resolveExperiment(write('own.json', { extends: quick, ...change }))).toThrow(message);
  });
});

describe('an experiment that somebody else wrote', () => {
  it('has no numbers that are none, in its file or by flags', () => {
    const path = write(
      'own.json',
      `{"extends":${JSON.stringify(quick)},"training":{"optimizer":{"learningRate":1e999}}}`,
    );
    expect(() => resolveExperiment(path)).toThrow(
      /own\.json, at training\.optimizer\.learningRate: Infinity is not a finite number/,
    );
    for (const value of ['NaN', '-Infinity', '1e999'])
      expect(() => resolveExperiment(quick, { set: [`training.optimizer.learningRate=${value}`] })).toThrow(
        /at training\.optimizer\.learningRate: (NaN|-?Infinity) is not a finite number/,
      );
  });

  it('does not extend without end', () => {
    for (let level = 0; level < 20; level += 1)
      write(`${level}.json`, { extends: [`./${level + 1}.json`, `./${level + 1}.json`] });
    write('20.json', {});
    expect(() => resolveExperiment(join(folder, '0.json'))).toThrow(/0\.json extends more than 1000 files/);
  });
});
