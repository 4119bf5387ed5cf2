import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Backbone } from '@hyperspherical/backbones';
import {
  batchCount,
  batches,
  type Batch,
  type ChannelStatistics,
  type Dataset,
} from '@hyperspherical/datasets';
import type { Head } from '@hyperspherical/heads';
import type { Tensor1D } from '@tensorflow/tfjs-core';
import type { Position } from './checkpoint.js';
import type { EpochRecord } from './epoch-record.js';
import { evaluate } from './evaluate.js';
import type { Experiment } from './experiment-schema.js';
import { learningRateAt } from './learning-rate-at.js';
import type { TrainingEvent } from './training-event.js';
import type { TrainingStep } from './training-step.js';

/** What a run trains, on what, and who hears of it. */
export interface TrainOptions {
  readonly experiment: Experiment;
  readonly train: Dataset;
  readonly test: Dataset;
  /** Subtracted from and divided into every image's channels. */
  readonly normalise: ChannelStatistics;
  readonly backbone: Backbone;
  readonly head: Head<Tensor1D>;
  readonly step: TrainingStep;
  /** Where to begin: the start, or where an interrupted run stopped. */
  readonly from: Position;
  readonly signal: AbortSignal;
  readonly emit: (event: TrainingEvent) => void;
  /** Called after every finished epoch and when the signal stops the run, with everything in place to be saved. */
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
  const { experiment, signal, emit, save } = options;
  const { epochs } = experiment.training;
  const stepsPerEpoch = batchCount(options.train.size, experiment.training);
  const rateAt = (epoch: number, step: number): number =>
    learningRateAt(
      experiment.training.schedule,
      experiment.training.optimizer.learningRate,
      (epoch - 1) * stepsPerEpoch + step - 1,
      { stepsPerEpoch, epochs },
    );
  options.step.prepare(batchShapes(options.train, experiment.training.batchSize));
  let position = options.from;

  for (let epoch = position.epoch + 1; epoch <= epochs; epoch += 1) {
    let step = 0;
    let start = performance.now();
    // When an epoch was interrupted while it was tested, all of its batches are passed over here.
    for (const batch of epochBatches(options, epoch)) {
      step += 1;
      if (step <= position.step) {
        // Done before the interruption; drawing the batch keeps the random state right.
        start = performance.now();
        continue;
      }
      const loss = options.step.run(batch, rateAt(epoch, step));
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
        const reason = `the loss became ${loss} in epoch ${epoch}, step ${step}; try a lower learning rate`;
        return { status: 'diverged', reason, position };
      }
      emit({ kind: 'step-end', epoch, step, images, seconds, loss });
      // Lets signals in: everything else here is one synchronous stretch.
      await nextTurn();
      if (signal.aborted) {
        save(position);
        return { status: 'interrupted', reason: `stopped in epoch ${epoch}, after step ${step}`, position };
      }
    }

    emit({ kind: 'evaluation-start', epoch });
    const testStart = performance.now();
    const evaluation = await evaluate(options);
    if (evaluation === undefined) {
      save(position);
      return { status: 'interrupted', reason: `stopped while testing epoch ${epoch}`, position };
    }
    const testSeconds = (performance.now() - testStart) / 1000;
    const record: EpochRecord = {
      epoch,
      steps: epoch * stepsPerEpoch,
      learningRate: rateAt(epoch, stepsPerEpoch),
      trainLoss: position.lossSum / position.images,
      testLoss: evaluation.loss,
      testAccuracy: evaluation.accuracy,
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
    emit({ kind: 'epoch-end', record });
    save(position);
  }
  return { status: 'completed', position };
}

/** The full batch's shape and, where images are left over, that of the last. */
function batchShapes({ size, imageShape }: Dataset, batchSize: number): Batch['shape'][] {
  const sizes = new Set([Math.min(batchSize, size), size % batchSize]);
  return [...sizes].filter((n) => n > 0).map((n) => [n, ...imageShape]);
}

function epochBatches({ experiment, train, normalise }: TrainOptions, epoch: number): Iterable<Batch> {
  const { batchSize, augmentation } = experiment.training;
  return batches(train, {
    batchSize,
    seed: experiment.seed,
    epoch,
    augment: augmentation,
    normalise,
  });
}
