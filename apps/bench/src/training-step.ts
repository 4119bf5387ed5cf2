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
  type Scalar,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { createOptimizer, type OptimizerChoice } from './create-optimizer.js';
import { targetsOf } from './evaluate.js';
import type { Task, Targets } from './task.js';

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

/**
 * Takes training steps; owns the optimiser and, in `graph` mode, the graphs. The first two steps of each shape of batch record
 * its graph: they take longer, and give the same numbers.
 */
export interface TrainingStep {
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
  return {
    optimizer,
    run(batch, learningRate) {
      remember();
      const images = tensor4d(batch.images, batch.shape);
      const targets = targetsOf(batch);
      const rate = scalar(learningRate);
      const value = (compiled ?? step)(images, targets, rate);
      const loss = value.dataSync()[0]!;
      dispose([value, images, rate]);
      dispose({ ...targets });
      return reduction === 'sum' ? loss / batch.indices.length : loss;
    },
    undo() {
      for (const [index, variable] of variables.entries()) variable.assign(before[index]!);
    },
    dispose() {
      compiled?.dispose();
      optimizer.dispose();
      dispose(before);
    },
  };
}
