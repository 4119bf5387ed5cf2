import { describe, expect, it } from 'vitest';
import { experimentJsonSchema } from '../experiment/experiment-json-schema.js';
import { parseExperiment } from '../experiment/parse-experiment.js';
import { resolveExperiment } from '../experiment/resolve-experiment.js';
import { experimentFiles, readsOwnFiles } from './experiment-files.js';

const plain = resolveExperiment('quick/softmax');

function withPrototypes(prototypes: object, kind = 'prototype-classifier') {
  const head = {
    kind,
    prototypes,
    ...(kind === 'joint' ? { weights: { classification: 1, regression: 1 } } : {}),
  };
  return parseExperiment({ ...plain, head }, 'test');
}

/** Where a JSON Schema has strings that may be anything. */
function freeStrings(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { type, enum: values, const: value, pattern } = schema as Record<string, unknown>;
  if (type === 'string' && values === undefined && value === undefined && pattern === undefined)
    return [path];
  return Object.entries(schema).flatMap(([key, inner]) =>
    freeStrings(
      inner,
      /^(properties|oneOf|anyOf|allOf|items|\d+|additionalProperties|\$defs)$/.test(key)
        ? path
        : `${path}.${key}`,
    ),
  );
}

describe('experimentFiles', () => {
  it.each([
    [{ method: 'file', path: '/etc/shadow' }, 'head.prototypes.path', '/etc/shadow'],
    [{ method: 'run', from: 'runs/a/b/seed-{seed}' }, 'head.prototypes.from', 'runs/a/b/seed-0'],
    [{ method: 'word-vectors', dimensions: 3, words: 'secret.txt' }, 'head.prototypes.words', 'secret.txt'],
    [
      { method: 'semantic', dimensions: 3, words: '/proc/self/environ' },
      'head.prototypes.words',
      '/proc/self/environ',
    ],
    [
      { method: 'simplex', dimensions: 9, assign: { words: 'x.vec' } },
      'head.prototypes.assign.words',
      'x.vec',
    ],
    [
      { method: 'word-vectors', dimensions: 3, words: 'https://192.0.2.7/x' },
      'head.prototypes.words',
      'https://192.0.2.7/x',
    ],
  ])('names what %j reads', (prototypes, setting, path) => {
    expect(experimentFiles(withPrototypes(prototypes))).toEqual([{ setting, path }]);
    expect(experimentFiles(withPrototypes(prototypes, 'cosine-classifier'))).toEqual([{ setting, path }]);
    expect(readsOwnFiles(withPrototypes(prototypes))).toBe(true);
  });

  it('names the run that weights come from', () => {
    const experiment = parseExperiment({ ...plain, seed: 7, initialise: { from: '/etc/{seed}' } }, 'test');
    expect(experimentFiles(experiment)).toEqual([{ setting: 'initialise.from', path: '/etc/7' }]);
  });

  it('names nothing where all is made or downloaded', () => {
    const words = { method: 'word-vectors', dimensions: 3, words: 'wink-embeddings' };
    for (const experiment of [
      plain,
      withPrototypes({ method: 'simplex', dimensions: 9 }),
      withPrototypes(words),
    ]) {
      expect(experimentFiles(experiment)).toEqual([]);
      expect(readsOwnFiles(experiment)).toBe(false);
    }
  });

  it('knows every setting that could name a file; decide about a new one in experiment-files.ts', () => {
    const files = [
      ...['.head.prototypes.assign.words', '.head.prototypes.words', '.head.prototypes.path'],
      ...['.head.prototypes.from', '.initialise.from'],
    ];
    const texts = [
      ...['.$schema', '.title', '.description', '.differs', '.dataset.labels', '.dataset.values'],
      // Only files have it; an experiment that is resolved, as in a job, does not.
      '.extends',
    ];
    const found = freeStrings(experimentJsonSchema(), '').filter(
      // What to look up, and how text is read, are no files.
      (path) => !/synonyms|wordsReading|reproduces/.test(path),
    );
    expect([...new Set(found)].sort()).toEqual([...files, ...texts].sort());
  });
});
