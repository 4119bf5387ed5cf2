import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Backbone } from '@hyperspherical/backbones';
import { batchCount, type Batch, type ChannelStatistics, type Extent } from '@hyperspherical/datasets';
import { tensor1d, tidy } from '@tensorflow/tfjs-core';
import type { Position } from './checkpoint.js';
import { collectOutputs } from './collect-outputs.js';
import type { EpochRecord } from '../records/epoch-record.js';
import { evaluate, type Evaluation } from './evaluate.js';
import type { Experiment } from '../experiment/experiment-schema.js';
import type { Training } from '../experiment/training-schema.js';
import { findDivergence } from './find-divergence.js';
import { imageBatches } from './data/image-batches.js';
import { imageSizeAt } from './image-size-at.js';
import type { ImageSet } from './data/image-set.js';
import { learningRateAt } from './learning-rate-at.js';
import type { Task } from './task/task.js';
import type { TrainingEvent } from '../records/training-event.js';
import type { BatchShape, TrainingStep } from './training-step.js';

/** How long a run may go on without a checkpoint; every epoch's end makes one too. */
const checkpointSeconds = 60;

/** What a run trains, on what, and who hears of it. */
export interface TrainOptions {
  readonly experiment: Experiment;
  readonly train: ImageSet;
  readonly test: ImageSet;
  /** Subtracted from and divided into every image's channels. */
  readonly normalise: ChannelStatistics;
  readonly backbone: Backbone;
  readonly task: Task;
  readonly step: TrainingStep;
  /** Where to begin: the start, or where an interrupted run stopped. */
  readonly from: Position;
  readonly signal: AbortSignal;
  readonly emit: (event: TrainingEvent) => void;
  /** Called with every epoch's numbers before its event, to be kept. */
  readonly keep: (record: EpochRecord, evaluation: Evaluation) => void;
  /** Called after every finished epoch, each minute, and when the signal stops the run, with everything in place to be saved. */
  readonly save: (position: Position) => void;
}

/** How training ended. */
export interface TrainOutcome {
  readonly status: 'completed' | 'interrupted' | 'diverged';
  readonly reason?: string;
  readonly position: Position;
}

/**
 * Trains epoch by epoch: batches in the order that (seed, epoch) gives, one optimiser step each, then the whole test set.
 * Stops between two steps when the signal says so, and when the loss is no longer finite.
 */
export async function train(options: TrainOptions): Promise<TrainOutcome> {
  const { experiment, signal, emit, keep, save, task } = options;
  const { epochs } = experiment.training;
  const stepsPerEpoch = batchCount(options.train.size, experiment.training);
  const rateAt = (epoch: number, step: number): number =>
    learningRateAt(
      experiment.training.schedule,
      experiment.training.optimizer.learningRate,
      (epoch - 1) * stepsPerEpoch + step - 1,
      { stepsPerEpoch, epochs },
    );
  options.step.prepare(batchShapes(options.train, experiment.training));
  let position = options.from;
  let saved = performance.now();

  for (let epoch = position.epoch + 1; epoch <= epochs; epoch += 1) {
    let { step } = position;
    let start = performance.now();
    // When an epoch was interrupted while it was tested, no batches of it are left.
    for await (const batch of epochBatches(options, epoch, step)) {
      step += 1;
      const learningRate = rateAt(epoch, step);
      const loss = options.step.run(batch, learningRate);
      const seconds = (performance.now() - start) / 1000;
      start = performance.now();
      const images = batch.indices.length;
      position = {
        epoch: epoch - 1,
        step,
        lossSum: position.lossSum + loss * images,
        images: position.images + images,
        trainSeconds: position.trainSeconds + seconds,
        seconds: position.seconds + seconds,
      };
      if (!Number.isFinite(loss)) {
        options.step.undo();
        const reason = `the loss became ${loss} in epoch ${epoch}, step ${step}; ${findDivergence(options.backbone)}. Try a lower learning rate`;
        return { status: 'diverged', reason, position };
      }
      emit({ kind: 'step-end', epoch, step, images, seconds, loss, learningRate });
      // Lets signals in: everything else here is one synchronous stretch.
      await nextTurn();
      if (signal.aborted) {
        save(position);
        return { status: 'interrupted', reason: `stopped in epoch ${epoch}, after step ${step}`, position };
      }
      if (performance.now() - saved > 1000 * checkpointSeconds) {
        save(position);
        saved = performance.now();
      }
    }

    emit({ kind: 'evaluation-start', epoch });
    const testStart = performance.now();
    if (task.afterEpoch && !(await learnFromEpoch(options))) {
      save(position);
      return { status: 'interrupted', reason: `stopped after the steps of epoch ${epoch}`, position };
    }
    const evaluation = await evaluate({ ...options, resize: imageSizeAt(experiment.training, epoch) });
    if (evaluation === undefined) {
      save(position);
      return { status: 'interrupted', reason: `stopped while testing epoch ${epoch}`, position };
    }
    const unbounded = notFinite({ loss: evaluation.loss, ...evaluation.metrics });
    if (unbounded !== undefined) {
      const reason = `the test ${unbounded} after epoch ${epoch}, step ${step}; ${findDivergence(options.backbone)}. Try a lower learning rate`;
      return { status: 'diverged', reason, position };
    }
    const testSeconds = (performance.now() - testStart) / 1000;
    const record: EpochRecord = {
      epoch,
      steps: epoch * stepsPerEpoch,
      learningRate: rateAt(epoch, stepsPerEpoch),
      trainLoss: position.lossSum / position.images,
      testLoss: evaluation.loss,
      metrics: evaluation.metrics,
      trainSeconds: position.trainSeconds,
      testSeconds,
      imagesPerSecond: position.images / position.trainSeconds,
    };
    position = {
      epoch,
      step: 0,
      lossSum: 0,
      images: 0,
      trainSeconds: 0,
      seconds: position.seconds + testSeconds,
    };
    keep(record, evaluation);
    save(position);
    saved = performance.now();
    emit({ kind: 'epoch-end', record });
  }
  return { status: 'completed', position };
}

/** The first of these numbers that is none, in words. */
function notFinite(numbers: Readonly<Record<string, number>>): string | undefined {
  const found = Object.entries(numbers).find(([, value]) => !Number.isFinite(value));
  return found && `${found[0]} became ${found[1]}`;
}

/** The full batch's shape and, where images are left over and used, that of the last; in every size that epochs have. */
function batchShapes({ size, imageShape, labels, values }: ImageSet, training: Training): BatchShape[] {
  const { batchSize, dropLast, progressiveResizing = [] } = training;
  const [height, width, channels] = imageShape;
  const left = dropLast ? 0 : size % batchSize;
  const counts = [...new Set([Math.min(batchSize, size), left])].filter((n) => n > 0);
  const extents: Extent[] = [
    ...progressiveResizing.map((part): Extent => [part.size, part.size]),
    [height, width],
  ];
  return extents.flatMap((extent) =>
    counts.map((n) => ({
      images: [n, ...extent, channels],
      labels: labels !== undefined,
      values: values !== undefined,
    })),
  );
}

/** The batches of an epoch that come after the first `start`. */
function epochBatches(
  { experiment, train, normalise }: TrainOptions,
  epoch: number,
  start: number,
): AsyncIterable<Batch> | Iterable<Batch> {
  const { batchSize, dropLast, balanceClasses, augmentation } = experiment.training;
  const { randomResizedCrop, ...others } = augmentation;
  const resize = imageSizeAt(experiment.training, epoch);
  const share = resize === undefined ? 1 : resize[0] / train.imageShape[0];
  return imageBatches(train, {
    batchSize,
    dropLast,
    balanceClasses,
    seed: experiment.seed,
    epoch,
    start,
    // Pixels are meant of the whole images: a crop of 4 in 32 is one of 2 in 16.
    augment: {
      ...others,
      padAndCrop: Math.round(share * others.padAndCrop),
      cutout: Math.round(share * others.cutout),
      ...(randomResizedCrop && { randomResizedCrop }),
    },
    normalise,
    ...(resize && { resize }),
  });
}

/** Lets the head learn from the outputs for all training images, without augmentation; false when the signal stops it. */
async function learnFromEpoch({ train, task, ...options }: TrainOptions): Promise<boolean> {
  const outputs = await collectOutputs(train, options);
  if (outputs === undefined) return false;
  tidy(() => {
    task.afterEpoch?.(outputs, tensor1d(train.labels!, 'int32'));
  });
  outputs.dispose();
  return true;
}
