import { existsSync } from 'node:fs';
import { createBackbone, type Backbone } from '@hyperspherical/backbones';
import { batchCount, type ChannelStatistics } from '@hyperspherical/datasets';
import { readCheckpoint, startPosition, writeCheckpoint, type Position } from './checkpoint.js';
import { createTask } from './task/create-task.js';
import { describeEvaluation, viewsOf } from './describe-evaluation.js';
import { describeEnvironment } from './environment.js';
import type { EpochRecord } from '../records/epoch-record.js';
import { extraEvaluations, type OtherClasses } from './extra-evaluations.js';
import type { Experiment } from '../experiment/experiment-schema.js';
import type { ImageSet } from './data/image-set.js';
import { loadInitialWeights } from './load-initial-weights.js';
import { writeModel } from './model/write-model.js';
import { spherePoints } from './task/sphere-points.js';
import { openRunFolder, type RunFolder } from '../records/run-folder.js';
import type { RunResult } from '../records/run-result.js';
import { summariseRun } from './summarise-run.js';
import { trainingState, type TrainingState } from './training-state.js';
import { train } from './train.js';
import { createTrainingStep, type Mode } from './training-step.js';
import type { TrainingEvent } from '../records/training-event.js';
import { UserError } from '../records/user-error.js';
import { withSeed } from '../experiment/with-seed.js';
import { runConfig } from '../experiment/same-run.js';

/** One run: an experiment, its data, and the folder that keeps it. */
export interface RunOptions {
  readonly experiment: Experiment;
  readonly train: ImageSet;
  readonly test: ImageSet;
  readonly normalise: ChannelStatistics;
  /** Images of classes that only the extra evaluations see. Default: none. */
  readonly others?: OtherClasses;
  readonly folder: string;
  readonly mode: Mode;
  readonly resume: boolean;
  readonly force: boolean;
  /** Facts for `environment.json` that only the caller knows: the engine, the data's checksums. */
  readonly facts: {
    readonly engine?: { readonly tensorflowVersion: string };
    readonly threads?: number;
    readonly data?: unknown;
  };
  readonly signal: AbortSignal;
  readonly emit: (event: TrainingEvent) => void;
}

/**
 * Carries out one run from its experiment to `result.json`: folder, backbone, head, optimiser, training. Needs a tfjs backend.
 *
 * @throws UserError when the folder is taken or cannot be written.
 */
export async function runExperiment(options: RunOptions): Promise<RunResult> {
  const { experiment } = options;
  // Before the folder: what cannot be built leaves no trace of a run.
  const task = await createTask(experiment, options.train, options.signal);
  const backbone = buildBackbone(options, task.head.outputDimensions);
  if (experiment.initialise)
    loadInitialWeights(backbone, withSeed(experiment.initialise.from, experiment.seed));
  const step = createTrainingStep({ ...experiment.training, backbone, task, mode: options.mode });
  try {
    const folder = await openRunFolder(options.folder, runConfig(experiment), options);
    try {
      return await runInFolder({ ...options, task, backbone, step }, folder);
    } finally {
      folder.close();
    }
  } finally {
    step.dispose();
    backbone.dispose();
    task.head.dispose();
  }
}

function buildBackbone({ experiment, train }: RunOptions, outputDimensions: number): Backbone {
  const { backbone, seed } = experiment;
  const { imageShape } = train;
  try {
    return createBackbone(
      backbone.kind === 'convnet' || backbone.kind === 'mlp'
        ? { ...backbone, imageShape: [...imageShape], outputDimensions, seed }
        : { ...backbone, imageChannels: imageShape[2], outputDimensions, seed },
    );
  } catch (cause) {
    throw new UserError(
      `The backbone ${backbone.kind} cannot be built for ${train.name}: ${(cause as Error).message}`,
      { cause },
    );
  }
}

async function runInFolder(
  options: RunOptions & Pick<Parameters<typeof train>[0], 'task' | 'backbone' | 'step'>,
  folder: RunFolder,
): Promise<RunResult> {
  const { experiment, emit, task, backbone, step } = options;
  const environment = { ...describeEnvironment(), mode: options.mode, ...options.facts };
  folder.writeEnvironment(environment);
  const state = trainingState(backbone, [...task.head.variables], [...step.optimizer.state]);
  const from = restore(folder, state);
  const records: EpochRecord[] = folder.earlierEpochs.slice(0, from.epoch);
  folder.writeEpochs(records);
  const startedAt = from.startedAt ?? new Date().toISOString();
  const view = viewsOf(() => spherePoints(task.head.toJSON()));

  emit({
    kind: 'run-start',
    title: experiment.title,
    seed: experiment.seed,
    metric: task.metric,
    folder: folder.path,
    epochs: experiment.training.epochs,
    stepsPerEpoch: batchCount(options.train.size, experiment.training),
    batchSize: experiment.training.batchSize,
    trainImages: options.train.size,
    testImages: options.test.size,
    parameters: backbone.parameterCount,
  });
  let outcome = await train({
    ...options,
    from,
    keep(record, evaluation) {
      records.push(record);
      folder.writeEvaluation(describeEvaluation(record.epoch, options.test, evaluation, view()));
      folder.appendEpoch(record);
    },
    save(position) {
      folder.check();
      writeCheckpoint(folder.checkpointPath, {
        arrays: state.read(),
        position: { ...position, startedAt },
      });
    },
  });
  let extra: Readonly<Record<string, number>> | undefined = {};
  if (outcome.status === 'completed') {
    extra = await extraEvaluations({ ...options, head: task.head, others: options.others ?? {} });
    if (extra === undefined)
      outcome = {
        ...outcome,
        status: 'interrupted',
        reason: 'stopped in the evaluations after the last epoch',
      };
  }
  if (outcome.status === 'completed') {
    folder.check();
    writeModel(folder.path, { ...options, head: task.head });
  }
  const result = summariseRun({
    experiment,
    task,
    outcome,
    records,
    extra: extra ?? {},
    parameters: backbone.parameterCount,
    trainImages: options.train.size,
    startedAt,
    environment,
  });
  folder.writeResult(result);
  emit({ kind: 'run-end', result });
  return result;
}

function restore(folder: RunFolder, state: TrainingState): Position {
  if (!existsSync(folder.checkpointPath)) return startPosition;
  const { arrays, position } = readCheckpoint(folder.checkpointPath);
  try {
    state.load(arrays);
  } catch (cause) {
    throw new UserError(`${folder.checkpointPath} is of another network. Replace the run with --force.`, {
      exitCode: 1,
      cause,
    });
  }
  return position;
}
