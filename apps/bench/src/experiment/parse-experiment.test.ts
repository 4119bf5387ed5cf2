import { describe, expect, it } from 'vitest';
import { parseExperiment } from './parse-experiment.js';

const softmax: Record<string, unknown> = {
  name: 'softmax',
  title: 'softmax',
  dataset: { kind: 'cifar10' },
  backbone: { kind: 'cifar-resnet', depth: 8 },
  head: { kind: 'softmax-classifier' },
  training: {
    epochs: 3,
    batchSize: 128,
    reduction: 'mean',
    optimizer: { kind: 'sgd', learningRate: 0.2 },
    schedule: { kind: 'constant' },
  },
};

/** The training of the softmax run, three epochs, with smaller images first. */
const resizing = (...parts: readonly [untilEpoch: number, size: number][]) => ({
  ...(softmax.training as Record<string, unknown>),
  epochs: 3,
  progressiveResizing: parts.map(([untilEpoch, size]) => ({ untilEpoch, size })),
});

describe('parseExperiment', () => {
  it('fills in the defaults', () => {
    expect(parseExperiment(softmax, 'softmax.json').backbone).toEqual({
      kind: 'cifar-resnet',
      depth: 8,
      width: 16,
      shortcut: 'convolution',
    });
  });

  it.each([
    [{ backbone: { kind: 'cifar-resnet', depth: 9 } }, /^x.json, at backbone.depth: must be 6n \+ 2/],
    [{ seed: -1 }, /^x.json, at seed: /],
    [{ seed: Infinity }, /^x.json, at seed: Infinity is not a finite number/],
    [{ more: { deep: [0, NaN] } }, /^x.json, at more\.deep\.1: NaN is not a finite number/],
    [{ colour: 'blue' }, /^x.json: Unrecognized key: "colour"/],
    [
      { head: { kind: 'prototype-classifier', prototypes: { method: 'auto' } } },
      /^x.json, at head.prototypes.dimensions: /,
    ],
    [
      { training: resizing([2, 16], [1, 24]) },
      /^x.json, at training.progressiveResizing: untilEpoch 1 comes after 2/,
    ],
    [
      { training: resizing([3, 16]) },
      /^x.json, at training.progressiveResizing: the last smaller size ends with epoch 3 of 3/,
    ],
    [
      { backbone: { kind: 'convnet' }, training: resizing([1, 16]) },
      /^x.json, at training.progressiveResizing: the backbone convnet has weights for one size/,
    ],
  ])('names the key at fault in %j', (change, message) => {
    expect(() => parseExperiment({ ...softmax, ...change }, 'x.json')).toThrow(message);
  });
});
