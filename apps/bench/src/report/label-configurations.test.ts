import { describe, expect, it } from 'vitest';
import type { FoundRun } from '../records/find-runs.js';
import { labelConfigurations } from './label-configurations.js';
import type { RunFiles } from './read-run-files.js';

/** Runs of which labels need a title, a name, and the settings. */
function label(...runs: readonly { title: string; name?: string; config?: unknown }[]): string[] {
  const found = runs.map(({ title, name = 'run' }, index) => ({
    folder: String(index),
    result: { title, name, configuration: `${index}-digest` },
  }));
  const files: Pick<RunFiles, 'config'> = { config: (folder) => runs[Number(folder)]!.config };
  return labelConfigurations(found as unknown as FoundRun[], files as RunFiles);
}

const cifar10 = { dataset: { kind: 'cifar10' } };
const cifar100 = { dataset: { kind: 'cifar100' } };

describe('labelConfigurations', () => {
  it('takes titles', () => {
    expect(label({ title: 'softmax', config: cifar10 }, { title: 'cosine', config: cifar10 })).toEqual([
      'softmax',
      'cosine',
    ]);
  });

  it('says the dataset where there are several, and is silent where it is not known', () => {
    expect(
      label(
        { title: 'softmax', config: cifar10 },
        { title: 'softmax', config: cifar100 },
        { title: 'older' },
      ),
    ).toEqual(['softmax, CIFAR-10', 'softmax, CIFAR-100', 'older']);
  });

  it('adds names where titles meet', () => {
    expect(label({ title: 'softmax', name: 'a' }, { title: 'softmax', name: 'b' })).toEqual([
      'softmax (a)',
      'softmax (b)',
    ]);
  });

  it('adds the settings that differ where names meet as well', () => {
    expect(
      label({ title: 'softmax', config: { epochs: 3 } }, { title: 'softmax', config: { epochs: 9 } }),
    ).toEqual(['softmax (epochs = 3)', 'softmax (epochs = 9)']);
  });

  it('ends with the digest where nothing else is left', () => {
    expect(label({ title: 'softmax' }, { title: 'softmax' })).toEqual([
      'softmax (0-diges)',
      'softmax (1-diges)',
    ]);
  });
});
