import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Backbone } from '@hyperspherical/backbones';
import { batches, type ChannelStatistics, type Dataset } from '@hyperspherical/datasets';
import type { Head } from '@hyperspherical/heads';
import { equal, sum, tensor1d, tensor4d, tidy, type Tensor1D } from '@tensorflow/tfjs-core';

const evaluationBatchSize = 500;

/** Numbers of a whole split, without augmentation. */
export interface Evaluation {
  /** Share of the images whose predicted label is right, 0 to 1. */
  readonly accuracy: number;
  /** Mean over the examples. */
  readonly loss: number;
}

/** What to evaluate, and on what. */
export interface EvaluateOptions {
  readonly test: Dataset;
  readonly normalise: ChannelStatistics;
  readonly backbone: Backbone;
  readonly head: Head<Tensor1D>;
  readonly signal: AbortSignal;
}

/** Predicts a whole split in evaluation mode: running statistics, images in their stored order; undefined when the signal stops it. */
export async function evaluate({
  test,
  normalise,
  backbone,
  head,
  signal,
}: EvaluateOptions): Promise<Evaluation | undefined> {
  let correct = 0;
  let lossSum = 0;
  for (const batch of batches(test, { batchSize: evaluationBatchSize, normalise, reuseBuffers: true })) {
    tidy(() => {
      const outputs = backbone.apply(tensor4d(batch.images, batch.shape), { training: false });
      const labels = tensor1d(batch.labels!, 'int32');
      correct += sum(equal(head.predict(outputs), labels)).dataSync()[0]!;
      lossSum += sum(head.loss(outputs, labels)).dataSync()[0]!;
    });
    // Lets signals in.
    await nextTurn();
    if (signal.aborted) return undefined;
  }
  return { accuracy: correct / test.size, loss: lossSum / test.size };
}
