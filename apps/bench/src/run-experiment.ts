import { existsSync } from 'node:fs';
import { createBackbone, type Backbone } from '@hyperspherical/backbones';
import { batchCount, type ChannelStatistics, type Dataset } from '@hyperspherical/datasets';
import type { Sgd } from '@hyperspherical/tfjs-native';
import { tensor, type Variable } from '@tensorflow/tfjs-core';
import { readCheckpoint, startPosition, writeCheckpoint, type Position } from './checkpoint.js';
import { createHead } from './create-head.js';
import type { EpochRecord } from './epoch-record.js';
import { describeEnvironment } from './environment.js';
import type { Experiment } from './experiment-schema.js';
import { openRunFolder, type RunFolder } from './run-folder.js';
import type { RunResult } from './run-result.js';
import { train, type TrainOutcome } from './train.js';
import { createTrainingStep, type Mode } from './training-step.js';
import type { TrainingEvent } from './training-event.js';
import { UserError } from './user-error.js';

/** One run: an experiment, its data, and the folder that keeps it. */
export interface RunOptions {
  readonly experiment: Experiment;
  readonly train: Dataset;
  readonly test: Dataset;
  readonly normalise: ChannelStatistics;
  readonly folder: string;
  readonly mode: Mode;
  readonly resume: boolean;
  readonly force: boolean;
  /** Facts for `environment.json` that only the caller knows: the engine, the data's checksums. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
  readonly emit: (event: TrainingEvent) => void;
}

/**
 * Carries out one run from its experiment to `result.json`: folder, backbone, head, optimiser, training. Needs a tfjs backend.
 *
 * @throws UserError when the folder is taken or cannot be written.
 */
export async function runExperiment(options: RunOptions): Promise<RunResult> {
  const { experiment, emit } = options;
  const folder = openRunFolder(options.folder, experiment, options);
  folder.writeEnvironment({ ...describeEnvironment(), mode: options.mode, ...options.facts });

  const head = await createHead(experiment, classCount(options.train));
  const backbone = createBackbone({
    ...experiment.backbone,
    outputDimensions: head.outputDimensions,
    seed: experiment.seed,
  });
  const step = createTrainingStep({ ...experiment.training, backbone, head, mode: options.mode });
  const state = namedState(backbone, head, step.sgd);
  const from = restore(folder, state);
  const records = folder.earlierEpochs.slice(0, from.epoch);
  folder.writeEpochs(records);

  emit({
    kind: 'run-start',
    title: experiment.title,
    folder: folder.path,
    epochs: experiment.training.epochs,
    stepsPerEpoch: batchCount(options.train.size, experiment.training),
    batchSize: experiment.training.batchSize,
    trainImages: options.train.size,
    testImages: options.test.size,
    parameters: backbone.parameterCount,
  });
  try {
    const outcome = await train({
      ...options,
      backbone,
      head,
      step,
      from,
      emit(event) {
        if (event.kind === 'epoch-end') {
          records.push(event.record);
          folder.appendEpoch(event.record);
        }
        emit(event);
      },
      save(position) {
        writeCheckpoint(folder.checkpointPath, { arrays: readState(state), position });
      },
    });
    const result = summarise(options, { outcome, records, parameters: backbone.parameterCount });
    folder.writeResult(result);
    emit({ kind: 'run-end', result });
    return result;
  } finally {
    step.dispose();
    backbone.dispose();
    head.dispose();
  }
}

function classCount({ name, classNames }: Dataset): number {
  if (classNames === undefined)
    throw new UserError(`The dataset ${name} has no classes, which a classifier needs.`);
  return classNames.length;
}

/** Every variable of a run under a name that does not depend on how many others this process has made. */
function namedState(
  backbone: Backbone,
  head: { readonly variables: readonly Variable[] },
  sgd: Sgd,
): Map<string, Variable> {
  const list = (kind: string, variables: readonly Variable[]): [string, Variable][] =>
    variables.map((variable, index) => [`${kind}/${String(index).padStart(3, '0')}`, variable]);
  return new Map([
    ...list('backbone', backbone.variables),
    ...list('head', head.variables),
    ...list('velocity', sgd.velocities),
  ]);
}

function readState(state: Map<string, Variable>): { name: string; shape: number[]; values: Float32Array }[] {
  return [...state].map(([name, variable]) => ({
    name,
    shape: variable.shape,
    values: variable.dataSync<'float32'>(),
  }));
}

function restore(folder: RunFolder, state: Map<string, Variable>): Position {
  if (!existsSync(folder.checkpointPath)) return startPosition;
  const { arrays, position } = readCheckpoint(folder.checkpointPath);
  for (const { name, shape, values } of arrays) {
    const variable = state.get(name);
    if (variable?.shape.join() !== shape.join()) {
      throw new UserError(`${folder.checkpointPath} is of another network. Replace the run with --force.`, {
        exitCode: 1,
      });
    }
    const restored = tensor(values, [...shape]);
    variable.assign(restored);
    restored.dispose();
  }
  return position;
}

function summarise(
  { experiment, train: { size } }: RunOptions,
  run: { outcome: TrainOutcome; records: readonly EpochRecord[]; parameters: number },
): RunResult {
  const { outcome, records } = run;
  const trainSeconds = records.reduce(
    (sum, record) => sum + record.trainSeconds,
    outcome.position.trainSeconds,
  );
  const images = records.length * size + outcome.position.images;
  const best = records.reduce<EpochRecord | null>(
    (top, record) => (top === null || record.testAccuracy > top.testAccuracy ? record : top),
    null,
  );
  return {
    schemaVersion: 1,
    status: outcome.status,
    ...(outcome.reason === undefined ? {} : { reason: outcome.reason }),
    name: experiment.name,
    title: experiment.title,
    seed: experiment.seed,
    parameters: run.parameters,
    epochs: records.length,
    steps: outcome.position.epoch * batchCount(size, experiment.training) + outcome.position.step,
    final: records.at(-1) ?? null,
    best,
    accuracies: records.map(({ testAccuracy }) => testAccuracy),
    seconds: outcome.position.seconds,
    imagesPerSecond: trainSeconds === 0 ? 0 : images / trainSeconds,
  };
}
