import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EpochRecord } from '../src/records/epoch-record.js';
import type { EvaluationDetails } from '../src/records/evaluation-details.js';
import type { RunProgress } from '../src/records/run-progress.js';
import type { RunResult } from '../src/records/run-result.js';

/** An epoch's record for tests: a loss that falls and an accuracy that rises, epoch by epoch. */
export function exampleEpoch(epoch: number, changes: Partial<EpochRecord> = {}): EpochRecord {
  return {
    epoch,
    steps: 10 * epoch,
    learningRate: 0.1 / epoch,
    trainLoss: 1 / epoch,
    testLoss: 1.25 / epoch,
    metrics: { accuracy: 1 - 0.5 / epoch },
    trainSeconds: 9,
    testSeconds: 1,
    imagesPerSecond: 1000,
    ...changes,
  };
}

/** A run's progress for tests, in its first epoch of three. */
export function exampleProgress(changes: Partial<RunProgress> = {}): RunProgress {
  return {
    schemaVersion: 1,
    process: 4242,
    updatedAt: '2026-03-01T09:30:00.000Z',
    title: 'hyperspherical',
    seed: 0,
    phase: 'training',
    epoch: 1,
    epochs: 3,
    step: 5,
    stepsPerEpoch: 10,
    loss: 0.5,
    learningRate: null,
    imagesPerSecond: 1000,
    secondsLeft: 75,
    parameters: 42,
    ...changes,
  };
}

/** A completed run's result for tests. */
export function exampleResult(changes: Partial<RunResult> = {}): RunResult {
  const records = [1, 2, 3].map((epoch) => exampleEpoch(epoch));
  return {
    schemaVersion: 2,
    status: 'completed',
    study: 'quick',
    name: 'hyperspherical',
    title: 'hyperspherical',
    seed: 0,
    configuration: 'a'.repeat(64),
    task: 'classification',
    metric: { name: 'accuracy', higherIsBetter: true },
    reproduces: [],
    parameters: 42,
    epochs: 3,
    steps: 30,
    final: records[2]!,
    best: records[2]!,
    history: {
      trainLoss: records.map(({ trainLoss }) => trainLoss),
      testLoss: records.map(({ testLoss }) => testLoss),
      accuracy: records.map(({ metrics }) => metrics.accuracy!),
    },
    seconds: 30,
    imagesPerSecond: 1000,
    startedAt: '2026-03-01T09:29:30.000Z',
    finishedAt: '2026-03-01T09:30:00.000Z',
    environment: {
      commit: null,
      dirty: null,
      bench: '0.0.0',
      tfjs: '4.22.0',
      tensorflow: '2.15.1',
      node: 'v20.19.0',
      platform: 'linux-x64',
      cpu: 'a processor',
      cores: 2,
      mode: 'graph',
    },
    ...changes,
  };
}

/** An evaluation for tests: three classes, and outputs on the sphere near their prototypes. */
export function exampleEvaluation(changes: Partial<EvaluationDetails> = {}): EvaluationDetails {
  return {
    schemaVersion: 1,
    epoch: 2,
    classNames: ['cat', 'dog', 'horse'],
    confusion: [
      [8, 2, 0],
      [3, 7, 0],
      [0, 0, 10],
    ],
    sphere: {
      projection: 'exact',
      outputs: [
        [0.8, 0.6, 0],
        [0.6, 0.8, 0],
        [0, 0, 1],
      ],
      labels: [0, 1, 2],
      prototypes: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    },
    ...changes,
  };
}

/** Writes a run's folder as a run would; only what is given. */
export function writeExampleRun(
  folder: string,
  files: {
    readonly config?: object;
    readonly epochs?: readonly EpochRecord[];
    readonly progress?: RunProgress;
    readonly evaluation?: EvaluationDetails;
    readonly result?: RunResult;
  },
): void {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, value: unknown): void => {
    if (value !== undefined) writeFileSync(join(folder, name), JSON.stringify(value));
  };
  write(
    'config.json',
    files.config ?? { study: 'quick', name: 'hyperspherical', title: 'hyperspherical', seed: 0 },
  );
  write('environment.json', {});
  for (const record of files.epochs ?? [])
    appendFileSync(join(folder, 'epochs.jsonl'), `${JSON.stringify(record)}\n`);
  write('evaluation.json', files.evaluation);
  write('progress.json', files.progress);
  write('result.json', files.result);
}
