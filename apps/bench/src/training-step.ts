import type { Backbone } from '@hyperspherical/backbones';
import type { Batch } from '@hyperspherical/datasets';
import type { Head } from '@hyperspherical/heads';
import { reduce, type Reduction } from '@hyperspherical/losses';
import { compile, createSgd, type Sgd, type SgdOptions } from '@hyperspherical/tfjs-native';
import {
  dispose,
  scalar,
  tensor1d,
  tensor4d,
  tidy,
  variableGrads,
  zeros,
  type Scalar,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';

/** How often `compile` runs a step itself before it is a graph. */
const recordedCalls = 2;

/** `graph`: a step is one TensorFlow graph. `eager`: one native call an operation; slower, the same numbers. */
export type Mode = 'graph' | 'eager';

/** What a step moves, and how. */
export interface TrainingStepOptions {
  readonly backbone: Backbone;
  readonly head: Head<Tensor1D>;
  readonly optimizer: SgdOptions;
  readonly reduction: Reduction;
  readonly mode: Mode;
}

/** Takes training steps; owns the optimiser and, in `graph` mode, the graphs. */
export interface TrainingStep {
  /**
   * Records the graphs for batches of these shapes, and changes nothing. Without it the first two steps of each shape
   * run eagerly, whose rounding differs in the last bits: a resumed run would not end with an uninterrupted one's numbers.
   */
  prepare(shapes: readonly Batch['shape'][]): void;
  /** Takes one step; returns the mean loss of the batch's examples, before it. */
  run(batch: Batch, learningRate: number): number;
  /** Its state belongs into a checkpoint. */
  readonly sgd: Sgd;
  dispose(): void;
}

/** Forward, loss, backward and update, for labelled images. */
export function createTrainingStep(options: TrainingStepOptions): TrainingStep {
  const { backbone, head, optimizer, reduction, mode } = options;
  const weights = [...backbone.trainableVariables, ...head.trainableVariables];
  const sgd = createSgd(weights, optimizer);
  const step = (images: Tensor4D, labels: Tensor1D, learningRate: Scalar): Scalar => {
    const { value, grads } = variableGrads(
      () => tidy(() => reduce(head.loss(backbone.apply(images, { training: true }), labels), reduction)),
      weights,
    );
    sgd.step(grads, learningRate);
    return value;
  };
  const compiled = mode === 'graph' ? compile(step) : undefined;
  const run = (images: Tensor4D, labels: Tensor1D, learningRate: Scalar): number => {
    const value = (compiled ?? step)(images, labels, learningRate);
    const loss = value.dataSync()[0]!;
    dispose([value, images, labels, learningRate]);
    return loss;
  };
  return {
    sgd,
    prepare(shapes) {
      if (compiled === undefined) return;
      const variables = [...backbone.variables, ...head.variables, ...sgd.state];
      const values = variables.map((variable) => variable.clone());
      for (const shape of shapes) {
        for (let call = 0; call < recordedCalls; call += 1) {
          run(zeros(shape), zeros([shape[0]], 'int32'), scalar(0));
        }
      }
      for (const [index, variable] of variables.entries()) variable.assign(values[index]!);
      dispose(values);
    },
    run(batch, learningRate) {
      const loss = run(
        tensor4d(batch.images, batch.shape),
        tensor1d(batch.labels!, 'int32'),
        scalar(learningRate),
      );
      return reduction === 'sum' ? loss / batch.indices.length : loss;
    },
    dispose() {
      compiled?.dispose();
      sgd.dispose();
    },
  };
}
