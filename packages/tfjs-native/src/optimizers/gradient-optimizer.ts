import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs';

/** Moves variables against their gradients. */
export interface GradientOptimizer {
  /** What the optimizer remembers between steps, all of it in variables: a checkpoint must keep them, in this order. */
  readonly state: readonly Variable[];
  /**
   * Takes one step. The learning rate may be another one each time, compiled or not.
   *
   * @param gradients as `variableGrads` gives them, keyed by the variables' names; they are disposed
   * @throws Error when a variable's gradient is missing
   */
  step(gradients: Readonly<Record<string, Tensor>>, learningRate: number | Scalar): void;
  /** Frees the state; the variables that it moved stay. */
  dispose(): void;
}
