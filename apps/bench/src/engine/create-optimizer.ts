import { createAdam, createAdamW, createSgd, type GradientOptimizer } from '@hyperspherical/tfjs-native';
import type { Variable } from '@tensorflow/tfjs-core';
import type { Training } from '../experiment/training-schema.js';

/** Which optimiser, with its settings besides the learning rate. */
export type OptimizerChoice = Training['optimizer'];

/** Builds the optimiser that an experiment describes. */
export function createOptimizer(weights: readonly Variable[], choice: OptimizerChoice): GradientOptimizer {
  switch (choice.kind) {
    case 'sgd':
      return createSgd(weights, choice);
    case 'adam':
      return createAdam(weights, choice);
    case 'adamw':
      return createAdamW(weights, choice);
  }
}
