import { createBackbone, type Backbone } from '@hyperspherical/backbones';
import { batchCount, type ChannelStatistics } from '@hyperspherical/datasets';
import type { Experiment } from '../experiment/experiment-schema.js';
import { runConfig } from '../experiment/same-run.js';
import { withSeed } from '../experiment/with-seed.js';
import { combineReporters } from '../printing/combine-reporters.js';
import { createReporter, type ReporterKind } from '../printing/create-reporter.js';
import { stopSignal } from '../printing/stop-signal.js';
import { createTensorBoardReporter } from '../printing/tensorboard-reporter.js';
import type { EpochRecord } from '../records/epoch-record.js';
import { createProgressWriter } from '../records/progress-writer.js';
import { openRunFolder, readFinishedRun, type RunFolder } from '../records/run-folder.js';
import type { RunResult } from '../records/run-result.js';
import type { TrainingEvent } from '../records/training-event.js';
import { UserError } from '../records/user-error.js';
import { restoreCheckpoint, writeCheckpoint } from './checkpoint.js';
import type { ImageSet } from './data/image-set.js';
import { openData } from './data/open-data.js';
import { describeEvaluation, viewsOf } from './describe-evaluation.js';
import { describeEnvironment } from './environment.js';
import { extraEvaluations, type OtherClasses } from './extra-evaluations.js';
import { limitThreads } from './limit-threads.js';
import { loadInitialWeights } from './load-initial-weights.js';
import { writeModel } from './model/write-model.js';
import { prepareEngine } from './prepare-engine.js';
import { summariseRun } from './summarise-run.js';
import { createTask } from './task/create-task.js';
import { spherePoints } from './task/sphere-points.js';
import { train } from './train.js';
import { trainingState } from './training-state.js';
import type { Mode } from './training-step.js';

/** An experiment and the folder that keeps its run. */
export interface PlannedRun {
  readonly experiment: Experiment;
  readonly folder: string;
}

/** How to run, whatever is trained. */
export interface RunInTurnOptions {
  readonly mode: Mode;
  readonly dataFolder?: string;
  readonly threads?: number;
  readonly resume?: true;
  readonly force?: true;
  readonly reporter?: ReporterKind;
  readonly tensorboard?: true;
}

/**
 * Runs experiments one after the other, with one set of images, one engine and one live line. An interrupted run is the last.
 *
 * @param runs - Of one dataset.
 * @returns Their results. With `resume`, a run that has ended is only read.
 */
export async function runInTurn(
  runs: readonly PlannedRun[],
  options: RunInTurnOptions,
): Promise<RunResult[]> {
  const finishedRun = ({ folder, experiment }: PlannedRun): RunResult | undefined =>
    options.resume && readFinishedRun(folder, runConfig(experiment));
  const finished = runs.flatMap((run) => finishedRun(run) ?? []);
  if (finished.length === runs.length) return finished;

  const shown = createReporter(options.reporter ?? 'auto', { runs: runs.length });
  const reporters = [shown, createProgressWriter()];
  const { signal, release } = stopSignal(() => {
    shown.close();
    process.stderr.write('Stopping after this step; press Ctrl-C again to stop at once.\n');
  });
  let data: Awaited<ReturnType<typeof openData>> | undefined;
  try {
    data = await openData(runs[0]!.experiment, { ...options, signal });
    const threads = limitThreads(options.threads);
    const engine = await prepareEngine({ signal });
    if (options.tensorboard) {
      const { node } = await import('@hyperspherical/tfjs-native');
      reporters.push(createTensorBoardReporter(node));
    }
    const reporter = combineReporters(reporters);
    const emit = (event: TrainingEvent): void => {
      reporter.report(event);
    };
    const facts = { engine, threads, data: data.facts };
    const results: RunResult[] = [];
    for (const run of runs) {
      // Another process may have ended a run while the images were loaded.
      const result =
        finishedRun(run) ?? (await runExperiment({ ...run, ...data, ...options, facts, signal, emit }));
      results.push(result);
      if (result.status === 'interrupted') break;
    }
    return results;
  } finally {
    combineReporters(reporters).close();
    release();
    await data?.close();
  }
}

/** One run: an experiment, its images, and the folder that keeps it. */
export interface RunExperimentOptions extends PlannedRun {
  readonly train: ImageSet;
  readonly test: ImageSet;
  readonly normalise: ChannelStatistics;
  /** Images of classes that only the extra evaluations see. Default: none. */
  readonly others?: OtherClasses;
  readonly mode: Mode;
  readonly resume?: boolean;
  readonly force?: boolean;
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
 * Runs one experiment, from its settings to `result.json`: head, backbone, optimizer, folder, training. Needs a tfjs backend.
 *
 * @throws UserError when the folder is taken or cannot be written.
 */
export async function runExperiment(options: RunExperimentOptions): Promise<RunResult> {
  const { experiment } = options;
  // The step loads TensorFlow, which by now knows how many threads to use.
  const { createTrainingStep } = await import('./training-step.js');
  // Before the folder: what cannot be built leaves no trace of a run.
  const task = await createTask(experiment, options.train, options.signal);
  const backbone = buildBackbone(options, task.head.outputDimensions);
  if (experiment.initialise)
    loadInitialWeights(backbone, withSeed(experiment.initialise.from, experiment.seed));
  const step = createTrainingStep({ ...experiment.training, backbone, task, mode: options.mode });
  try {
    const { resume = false, force = false } = options;
    const folder = await openRunFolder(options.folder, runConfig(experiment), { resume, force });
    try {
      return await trainInFolder({ ...options, task, backbone, step }, folder);
    } finally {
      folder.close();
    }
  } finally {
    step.dispose();
    backbone.dispose();
    task.head.dispose();
  }
}

function buildBackbone({ experiment, train }: RunExperimentOptions, outputDimensions: number): Backbone {
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

/** Trains from where the folder's checkpoint stands, keeps each epoch there, and ends with the result and the model. */
async function trainInFolder(
  options: RunExperimentOptions & Pick<Parameters<typeof train>[0], 'task' | 'backbone' | 'step'>,
  folder: RunFolder,
): Promise<RunResult> {
  const { experiment, emit, task, backbone, step } = options;
  const environment = { ...describeEnvironment(), mode: options.mode, ...options.facts };
  folder.writeEnvironment(environment);
  const state = trainingState(backbone, [...task.head.variables], [...step.optimizer.state]);
  const from = restoreCheckpoint(folder.checkpointPath, state);
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
