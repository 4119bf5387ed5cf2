import type { Backbone } from '@hyperspherical/backbones';
import type { Batch } from '@hyperspherical/datasets';
import { reduce, type Reduction } from '@hyperspherical/losses';
import { compile, type GradientOptimizer } from '@hyperspherical/tfjs-native';
import {
  dispose,
  scalar,
  tensor4d,
  tidy,
  variableGrads,
  zeros,
  type Rank,
  type Scalar,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { createOptimizer, type OptimizerChoice } from './create-optimizer.js';
import { targetsOf } from './evaluate.js';
import type { Task, Targets } from './task/task.js';

/** How often `compile` calls a step itself before it is a graph. */
const recordedCalls = 2;

/** `graph`: a step is one TensorFlow graph. `eager`: one native call an operation; slower, the same numbers. */
export type Mode = 'graph' | 'eager';

/** What a step moves, and how. */
export interface TrainingStepOptions {
  readonly backbone: Backbone;
  readonly task: Task;
  readonly optimizer: OptimizerChoice;
  readonly reduction: Reduction;
  readonly mode: Mode;
}

/** A batch's shape, and which targets come with it. */
export interface BatchShape {
  readonly images: Batch['shape'];
  readonly labels: boolean;
  readonly values: boolean;
}

/** Takes training steps; owns the optimiser and, in `graph` mode, the graphs. */
export interface TrainingStep {
  /**
   * Records the graphs for batches of these shapes, and changes nothing. Without it the first two steps of each shape
   * record, with the same numbers.
   */
  prepare(shapes: readonly BatchShape[]): void;
  /** Takes one step; returns the mean loss of the batch's examples, before it. */
  run(batch: Batch, learningRate: number): number;
  /** Puts everything back to where it was before the last step, as long as no other was taken. */
  undo(): void;
  /** Its state belongs into a checkpoint. */
  readonly optimizer: GradientOptimizer;
  dispose(): void;
}

/** Forward, loss, backward and update. */
export function createTrainingStep(options: TrainingStepOptions): TrainingStep {
  const { backbone, task, reduction, mode } = options;
  const weights = [...backbone.trainableVariables, ...task.head.trainableVariables];
  const optimizer = createOptimizer(weights, options.optimizer);
  const variables = [...backbone.variables, ...task.head.variables, ...optimizer.state];
  /** The values before the last step: the backend keeps them anyway until the step ends. */
  let before: Tensor[] = [];
  const remember = (): void => {
    dispose(before);
    before = variables.map((variable) => variable.clone());
  };
  const restore = (): void => {
    for (const [index, variable] of variables.entries()) variable.assign(before[index]!);
  };

  const step = (images: Tensor4D, targets: Targets, learningRate: Scalar): Scalar => {
    const { value, grads } = variableGrads(
      () =>
        tidy(() => {
          const outputs = backbone.apply(images, { training: true });
          const losses = task.loss(outputs, targets);
          task.afterLoss?.(outputs, targets);
          return reduce(losses, reduction);
        }),
      weights,
    );
    optimizer.step(grads, learningRate);
    return value;
  };
  const compiled = mode === 'graph' ? compile(step) : undefined;
  const run = (images: Tensor4D, targets: Targets, learningRate: Scalar): number => {
    const value = (compiled ?? step)(images, targets, learningRate);
    const loss = value.dataSync()[0]!;
    dispose([value, images, learningRate]);
    dispose({ ...targets });
    return loss;
  };
  return {
    optimizer,
    prepare(shapes) {
      if (compiled === undefined) return;
      remember();
      for (const { images, labels, values } of shapes) {
        for (let call = 0; call < recordedCalls; call += 1) {
          const targets = {
            ...(labels && { labels: zeros<Rank.R1>([images[0]], 'int32') }),
            ...(values && { values: zeros<Rank.R1>([images[0]]) }),
          };
          run(zeros(images), targets, scalar(0));
        }
      }
      restore();
    },
    run(batch, learningRate) {
      remember();
      const loss = run(tensor4d(batch.images, batch.shape), targetsOf(batch), scalar(learningRate));
      return reduction === 'sum' ? loss / batch.indices.length : loss;
    },
    undo: restore,
    dispose() {
      compiled?.dispose();
      optimizer.dispose();
      dispose(before);
    },
  };
}
