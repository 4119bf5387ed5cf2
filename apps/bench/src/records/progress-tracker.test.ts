import { describe, expect, it } from 'vitest';
import { createProgressTracker } from './progress-tracker.js';
import { runProgressSchema } from './run-progress.js';
import type { TrainingEvent } from './training-event.js';

const start: TrainingEvent = {
  kind: 'run-start',
  title: 'softmax',
  seed: 3,
  metric: { name: 'accuracy', higherIsBetter: true },
  folder: 'runs/one',
  epochs: 2,
  stepsPerEpoch: 10,
  batchSize: 100,
  trainImages: 1000,
  testImages: 100,
  parameters: 42,
};
const step = (epoch: number, index: number, loss = 0.5): TrainingEvent => ({
  kind: 'step-end',
  epoch,
  step: index,
  images: 100,
  seconds: 2,
  loss,
  learningRate: 0.1,
});
const epochEnd: TrainingEvent = {
  kind: 'epoch-end',
  record: {
    epoch: 1,
    steps: 10,
    learningRate: 0.1,
    trainLoss: 0.5,
    testLoss: 0.4,
    metrics: { accuracy: 0.6 },
    trainSeconds: 20,
    testSeconds: 3,
    imagesPerSecond: 50,
  },
};

describe('createProgressTracker', () => {
  it('knows nothing before a run has started, and no time left before the first step', () => {
    const tracker = createProgressTracker();
    expect(tracker.current()).toBeUndefined();
    tracker.update(start);
    expect(tracker.current()).toMatchObject({ phase: 'starting', epoch: 0, secondsLeft: null, loss: null });
  });

  it('counts the steps that are left, and the tests as soon as one was timed', () => {
    const tracker = createProgressTracker();
    tracker.update(start);
    tracker.update(step(1, 5));
    expect(tracker.current()).toMatchObject({ phase: 'training', secondsLeft: 30, imagesPerSecond: 50 });
    tracker.update(step(1, 10));
    tracker.update({ kind: 'evaluation-start', epoch: 1 });
    expect(tracker.current()).toMatchObject({ phase: 'evaluating', epoch: 1, step: 10, secondsLeft: 20 });
    tracker.update(epochEnd);
    expect(tracker.current()).toMatchObject({ phase: 'training', learningRate: 0.1, secondsLeft: 23 });
    tracker.update(step(2, 1));
    expect(tracker.current()?.secondsLeft).toBeCloseTo(21);
  });

  it('writes what the schema reads, also when the loss is no number any more', () => {
    const tracker = createProgressTracker();
    tracker.update(start);
    tracker.update(step(1, 1, NaN));
    expect(runProgressSchema.parse(tracker.current())).toMatchObject({
      loss: null,
      seed: 3,
      title: 'softmax',
    });
  });
});
