import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { EpochRecord } from '../epoch-record.js';
import type { Reporter, TrainingEvent } from '../training-event.js';
import { createLinesReporter } from './lines-reporter.js';
import { createTerminalReporter } from './terminal-reporter.js';

const record: EpochRecord = {
  epoch: 1,
  steps: 10,
  learningRate: 0.1,
  trainLoss: 0.5,
  testLoss: 0.25,
  metrics: { accuracy: 0.625 },
  trainSeconds: 9,
  testSeconds: 1,
  imagesPerSecond: 1000,
};

const events: readonly TrainingEvent[] = [
  {
    kind: 'run-start',
    seed: 0,
    metric: { name: 'accuracy', higherIsBetter: true },
    title: 'softmax',
    folder: 'runs/one',
    epochs: 2,
    stepsPerEpoch: 10,
    batchSize: 100,
    trainImages: 1000,
    testImages: 100,
    parameters: 42,
  },
  { kind: 'step-end', epoch: 1, step: 5, images: 100, seconds: 2, loss: 0.75, learningRate: 0.1 },
  { kind: 'evaluation-start', epoch: 1 },
  { kind: 'epoch-end', record },
];

/** What a reporter writes, without the terminal's control sequences. */
function written(create: (stream: NodeJS.WriteStream) => Reporter): string {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 200, rows: 24 });
  const reporter = create(stream as unknown as NodeJS.WriteStream);
  for (const event of events) reporter.report(event);
  reporter.close();
  // eslint-disable-next-line no-control-regex -- escape sequences begin with a control character
  return String(stream.read()).replaceAll(/\u001B\[[0-9;?]*[A-Za-z]/g, '');
}

const epochLine =
  'softmax         epoch 1/2  test accuracy  62.5 %  train loss 0.5000  test loss 0.2500  1000 images/s  10.0 s\n';

describe('createLinesReporter', () => {
  it('writes one line for the run and one an epoch', () => {
    expect(written(createLinesReporter)).toBe(
      `softmax: 2 epochs of 1000 images, 42 parameters, in runs/one\n${epochLine}`,
    );
  });
});

describe('createTerminalReporter', () => {
  it('shows images a second and the time that all runs have left, and keeps the epoch', () => {
    const text = written((stream) => createTerminalReporter(stream, { runs: 2 }));
    // 35 of 40 steps are left, 2 s each.
    expect(text).toMatch(/softmax {2}epoch 1\/2 {2}━{10}─{10} {2}loss 0\.750 {2}50 images\/s {2}1:10 left/);
    expect(text).toContain(epochLine);
  });
});
