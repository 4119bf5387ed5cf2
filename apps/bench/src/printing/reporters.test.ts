import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { EpochRecord } from '../records/epoch-record.js';
import type { Reporter, TrainingEvent } from '../records/training-event.js';
import { combineReporters } from './combine-reporters.js';
import { createReporter } from './create-reporter.js';
import { createJsonlReporter } from './jsonl-reporter.js';
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

  it("shows the last epoch's metrics while the next goes on", () => {
    const text = written((stream) => createTerminalReporter(stream, { runs: 1 }));
    expect(text).toMatch(
      /epoch 1\/2 {2}━{20} {2}loss 0\.750 {2}test accuracy {2}62\.5 % {2}50 images\/s {2}0:21 left/,
    );
  });

  it('draws nothing any more once it is closed', () => {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 200, rows: 24 });
    const reporter = createTerminalReporter(stream as unknown as NodeJS.WriteStream, { runs: 1 });
    reporter.report(events[0]!);
    reporter.close();
    stream.read();
    for (const event of events.slice(1)) reporter.report(event);
    expect(stream.read()).toBeNull();
  });
});

describe('createJsonlReporter', () => {
  it('writes each event as one line of JSON', () => {
    const lines = written(createJsonlReporter).split('\n').slice(0, -1);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(events);
  });
});

describe('createReporter', () => {
  it('shows nothing when it is to be silent', () => {
    expect(written((stream) => createReporter('silent', { stream }))).toBe('null');
  });

  it('writes lines of its own accord where there is no terminal', () => {
    const lines = written((stream) =>
      createReporter('auto', { stream: Object.assign(stream, { isTTY: false }) }),
    );
    expect(lines).toContain(epochLine);
    expect(lines.split('\n')).toHaveLength(3);
    const sizeless = written((stream) =>
      createReporter('auto', { stream: Object.assign(stream, { rows: 0 }) }),
    );
    expect(sizeless).toBe(lines);
  });
});

describe('combineReporters', () => {
  it('passes everything on to each', () => {
    const twice = written((stream) =>
      combineReporters([createLinesReporter(stream), createLinesReporter(stream)]),
    );
    expect(twice.split(epochLine)).toHaveLength(3);
  });
});
