import type { Optimizer, Scalar } from '@tensorflow/tfjs';

/** An optimizer of `tf.train` that keeps minus its learning rate in a tensor: `sgd` and `momentum`. */
export type RateOptimizer = Optimizer & { readonly c: Scalar };

/** Whether a changed learning rate reaches a graph by itself. */
export function keepsRateInTensor(optimizer: Optimizer): optimizer is RateOptimizer {
  return 'c' in optimizer && (optimizer.c as Partial<Scalar> | null)?.rank === 0;
}
