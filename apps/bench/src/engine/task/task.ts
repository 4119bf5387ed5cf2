import { accuracyMetric, errorMetric } from './metrics.js';
import type { Head, JointTensors } from '@hyperspherical/heads';
import type { Tensor1D, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type { TaskKind } from '../../experiment/check-combination.js';
import type { RunResult } from '../../records/run-result.js';

/** What a batch's examples are to become: labels int32 `[batch]`, values `[batch]`, or both. */
export interface Targets {
  readonly labels?: Tensor1D;
  readonly values?: Tensor1D;
}

/** A head behind one face for all three kinds of task. */
export interface Task {
  readonly kind: TaskKind;
  /** What runs are judged by. */
  readonly metric: RunResult['metric'];
  readonly head: AnyTaskHead;
  /** The loss of each example, `[batch]`. */
  loss(outputs: Tensor2D, targets: Targets): Tensor1D;
  /** What a head that learns without gradients does in each step, after its loss; pure tensor code. */
  readonly afterLoss?: (outputs: Tensor2D, targets: Targets) => void;
  /** What such a head does with the outputs for all training images, after each epoch. */
  readonly afterEpoch?: (outputs: Tensor2D, labels: Tensor1D) => void;
  /** Labels or values or both, one an example. */
  predict(outputs: Tensor2D): Targets;
}

/** What a checkpoint, a model file and the page of a run need of a head, whatever its targets are. */
export interface AnyTaskHead {
  readonly kind: string;
  readonly outputDimensions: number;
  readonly variables: readonly Variable[];
  readonly trainableVariables: readonly Variable[];
  toJSON(): { readonly kind: string };
  dispose(): void;
}

/** A head that tells classes apart. */
export function classificationTask(head: Head<Tensor1D, Tensor1D>): Task {
  return {
    kind: 'classification',
    metric: accuracyMetric,
    head,
    loss: (outputs, { labels }) => head.loss(outputs, labels!),
    predict: (outputs) => ({ labels: head.predict(outputs) }),
  };
}

/** A head that tells one value. */
export function regressionTask(head: Head<Tensor1D>, unit: string | undefined): Task {
  return {
    kind: 'regression',
    metric: errorMetric(unit),
    head,
    loss: (outputs, { values }) => head.loss(outputs, values!),
    predict: (outputs) => ({ values: head.predict(outputs) as Tensor1D }),
  };
}

/** A head that tells a class and a value. */
export function jointTask(head: Head<JointTensors, JointTensors>): Task {
  return {
    kind: 'joint',
    metric: accuracyMetric,
    head,
    loss: (outputs, { labels, values }) => head.loss(outputs, { labels: labels!, values: values! }),
    predict: (outputs) => head.predict(outputs),
  };
}
