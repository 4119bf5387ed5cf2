import { batchCount } from '@hyperspherical/datasets';
import type { Environment } from './environment.js';
import type { EpochRecord } from '../records/epoch-record.js';
import { configurationDigest } from '../experiment/configuration-digest.js';
import type { Experiment } from '../experiment/experiment-schema.js';
import { publishedNumbers } from '../experiment/published-numbers.js';
import type { RunResult } from '../records/run-result.js';
import type { Task } from './task/task.js';
import type { TrainOutcome } from './train.js';

/** What `result.json` is made from. */
export interface RunSummaryOptions {
  readonly experiment: Experiment;
  readonly task: Task;
  readonly outcome: TrainOutcome;
  readonly records: readonly EpochRecord[];
  /** What was measured once, after the last epoch. */
  readonly extra: Readonly<Record<string, number>>;
  readonly parameters: number;
  readonly trainImages: number;
  readonly startedAt: string;
  readonly environment: Environment & {
    readonly mode: string;
    readonly engine?: { readonly tensorflowVersion: string };
  };
}

/** A run in numbers, once it has ended. */
export function summariseRun(options: RunSummaryOptions): RunResult {
  const { experiment, task, outcome, records, environment } = options;
  const { position } = outcome;
  const { commit, dirty, bench, tfjs, node, platform, cpu, cores, mode, engine } = environment;
  const trainSeconds = records.reduce((sum, record) => sum + record.trainSeconds, position.trainSeconds);
  const stepsPerEpoch = batchCount(options.trainImages, experiment.training);
  const { dropLast, batchSize } = experiment.training;
  const epochImages = dropLast ? stepsPerEpoch * batchSize : options.trainImages;
  const images = records.length * epochImages + position.images;
  return {
    schemaVersion: 2,
    status: outcome.status,
    ...(outcome.reason === undefined ? {} : { reason: outcome.reason }),
    study: experiment.study,
    name: experiment.name,
    title: experiment.title,
    seed: experiment.seed,
    configuration: configurationDigest(experiment),
    task: task.kind,
    metric: task.metric,
    reproduces: publishedNumbers(experiment),
    parameters: options.parameters,
    epochs: records.length,
    steps: position.epoch * stepsPerEpoch + position.step,
    final: records.at(-1) ?? null,
    best: bestRecord(records, task.metric),
    ...(Object.keys(options.extra).length > 0 && { extra: options.extra }),
    history: historyOf(records),
    seconds: position.seconds,
    imagesPerSecond: trainSeconds === 0 ? 0 : images / trainSeconds,
    startedAt: options.startedAt,
    finishedAt: new Date().toISOString(),
    environment: {
      ...{ commit, dirty, bench, tfjs, node, platform, cpu, cores, mode },
      tensorflow: engine?.tensorflowVersion ?? null,
    },
  };
}

function bestRecord(
  records: readonly EpochRecord[],
  { name, higherIsBetter }: RunResult['metric'],
): EpochRecord | null {
  const sign = higherIsBetter ? 1 : -1;
  return records.reduce<EpochRecord | null>(
    (best, record) =>
      best === null || sign * record.metrics[name]! > sign * best.metrics[name]! ? record : best,
    null,
  );
}

function historyOf(records: readonly EpochRecord[]): Record<string, number[]> {
  const rows = records.map(({ trainLoss, testLoss, metrics }) => ({ trainLoss, testLoss, ...metrics }));
  return Object.fromEntries(
    Object.keys(rows[0] ?? {}).map((key) => [key, rows.map((row) => (row as Record<string, number>)[key]!)]),
  );
}
