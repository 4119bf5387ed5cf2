import type { Optimizer, Scalar } from '@tensorflow/tfjs';

/** An optimizer of `tf.train` that keeps minus its learning rate in a tensor: `sgd` and `momentum`. */
export type RateOptimizer = Optimizer & { readonly c: Scalar };

/** Whether a changed learning rate reaches a graph by itself. */
export function keepsRateInTensor(optimizer: Optimizer): optimizer is RateOptimizer {
  return 'c' in optimizer && (optimizer.c as Partial<Scalar> | null)?.rank === 0;
}

/** The learning rate that an optimizer keeps as a number, which a graph holds as a constant. */
export function numericRate(optimizer: Optimizer): number | undefined {
  if (keepsRateInTensor(optimizer)) return undefined;
  return (optimizer as { learningRate?: number }).learningRate;
}
