import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Backbone } from '@hyperspherical/backbones';
import type { ChannelStatistics, Extent } from '@hyperspherical/datasets';
import { sum, tensor1d, tensor4d, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { imageBatches } from './data/image-batches.js';
import type { ImageSet } from './data/image-set.js';
import type { Task, Targets } from './task/task.js';

const evaluationBatchSize = 500;

/** How many test images keep their outputs, for pictures. */
const keptOutputs = 500;

/** Numbers of a whole split, without augmentation. */
export interface Evaluation {
  /** Mean over the examples. */
  readonly loss: number;
  /** `accuracy`, `meanAbsoluteError`, or both. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Of every image, in the split's order, where the task tells labels. */
  readonly predictedLabels?: Int32Array;
  /** Of every image, where the task tells values. */
  readonly predictedValues?: Float32Array;
  /** The network's outputs for the first images. */
  readonly outputs: readonly Float32Array[];
}

/** What to evaluate, and on what. */
export interface EvaluateOptions {
  readonly test: ImageSet;
  /** Height and width that images are brought to. Default: as they are. */
  readonly resize?: Extent | undefined;
  readonly normalise: ChannelStatistics;
  readonly backbone: Backbone;
  readonly task: Task;
  readonly signal: AbortSignal;
}

/**
 * Predicts a whole split in evaluation mode: running statistics, images in their stored order; undefined when the signal
 * stops it.
 */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation | undefined> {
  const { test, resize, normalise, backbone, task, signal } = options;
  const predictedLabels = test.labels && task.kind !== 'regression' ? new Int32Array(test.size) : undefined;
  const predictedValues =
    test.values && task.kind !== 'classification' ? new Float32Array(test.size) : undefined;
  const kept: Float32Array[] = [];
  let lossSum = 0;
  let done = 0;
  for await (const batch of imageBatches(test, {
    batchSize: evaluationBatchSize,
    normalise,
    ...(resize && { resize }),
  })) {
    tidy(() => {
      const outputs = backbone.apply(tensor4d(batch.images, batch.shape), { training: false });
      lossSum += sum(task.loss(outputs, targetsOf(batch))).dataSync()[0]!;
      const { labels, values } = task.predict(outputs);
      // An ordinal classifier may tell ranks between ranks.
      if (labels) predictedLabels?.set(Array.from(labels.dataSync(), Math.round), done);
      if (values) predictedValues?.set(values.dataSync(), done);
      if (kept.length < keptOutputs) kept.push(...rowsOf(outputs, keptOutputs - kept.length));
    });
    done += batch.indices.length;
    // Lets signals in.
    await nextTurn();
    if (signal.aborted) return undefined;
  }
  return {
    loss: lossSum / test.size,
    metrics: {
      ...(predictedLabels && { accuracy: shareEqual(predictedLabels, test.labels!) }),
      ...(predictedValues && { meanAbsoluteError: meanDifference(predictedValues, test.values!) }),
    },
    ...(predictedLabels && { predictedLabels }),
    ...(predictedValues && { predictedValues }),
    outputs: kept,
  };
}

/** A batch's labels and values as tensors; the caller frees them. */
export function targetsOf({
  labels,
  values,
}: {
  readonly labels?: Int32Array;
  readonly values?: Float32Array;
}): Targets {
  return {
    ...(labels && { labels: tensor1d(labels, 'int32') }),
    ...(values && { values: tensor1d(values) }),
  };
}

function rowsOf(outputs: Tensor2D, most: number): Float32Array[] {
  const [count, dimensions] = outputs.shape;
  const values = outputs.dataSync<'float32'>();
  return Array.from({ length: Math.min(count, most) }, (_, row) =>
    values.slice(row * dimensions, (row + 1) * dimensions),
  );
}

function shareEqual(predicted: Int32Array, labels: Int32Array): number {
  let right = 0;
  for (let index = 0; index < labels.length; index += 1) if (predicted[index] === labels[index]) right += 1;
  return right / labels.length;
}

function meanDifference(predicted: Float32Array, values: Float32Array): number {
  let total = 0;
  for (let index = 0; index < values.length; index += 1)
    total += Math.abs(predicted[index]! - values[index]!);
  return total / values.length;
}
