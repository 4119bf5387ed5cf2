import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prototypesFromRun } from './prototypes-from-run.js';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-prototypes-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Leaves what a run with this head leaves. */
function leaveModel(head: { readonly kind: string; readonly [key: string]: unknown }): void {
  const description = {
    schemaVersion: 1,
    name: 'pilot',
    title: 'pilot',
    task: 'classification',
    backbone: { kind: 'cifar-resnet', outputDimensions: 2 },
    head,
    dataset: 'cifar10',
    imageShape: [32, 32, 3],
    normalise: { mean: [0, 0, 0], standardDeviation: [1, 1, 1] },
    classNames: ['cat', 'dog'],
  };
  writeFileSync(join(folder, 'model.json'), JSON.stringify(description));
}

describe('prototypesFromRun', () => {
  it('gives learned class vectors length 1', () => {
    const prototypes = { classes: 2, dimensions: 2, method: 'given', values: [3, 4, 0, -2] };
    leaveModel({ kind: 'cosine-classifier', prototypes, learned: true });
    const { classes, dimensions, values } = prototypesFromRun(folder, ['cat', 'dog']);
    expect({ classes, dimensions, values: [...values] }).toEqual({
      classes: 2,
      dimensions: 2,
      values: [3 / 5, 4 / 5, 0, -1].map(Math.fround),
    });
  });

  it('refuses a run on other classes', () => {
    leaveModel({ kind: 'cosine-classifier' });
    expect(() => prototypesFromRun(folder, ['dog', 'cat'])).toThrow(
      /^head.prototypes.from is .*, whose 2 classes/,
    );
  });

  it('refuses a head without class vectors', () => {
    leaveModel({ kind: 'softmax-classifier' });
    expect(() => prototypesFromRun(folder, ['cat', 'dog'])).toThrow(
      /its head, softmax-classifier, has no class/,
    );
  });

  it('says what to type where no run has completed', () => {
    expect(() => prototypesFromRun('runs/study/pilot/seed-2', ['cat'])).toThrow(
      /no run has completed there; carry that run out first: bench run study\/pilot --seed 2\.$/,
    );
    expect(() => prototypesFromRun(join(folder, 'nowhere'), ['cat'])).toThrow(/that run out first\.$/);
  });
});
