import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs';
import type { SavedVariable } from './saved-state.js';

/** Moves variables against their gradients. */
export interface GradientOptimizer {
  /** What the optimizer remembers between steps, all of it in variables: a checkpoint must keep them, in this order. */
  readonly state: readonly Variable[];
  /**
   * Takes one step. The learning rate may be another one each time, compiled or not: a number, a scalar, or a variable.
   *
   * @param gradients as `variableGrads` gives them, keyed by the variables' names; they are disposed
   * @throws Error when a variable's gradient is missing
   */
  step(gradients: Readonly<Record<string, Tensor>>, learningRate: number | Scalar): void;
  /** Copies the state to the host, for a checkpoint. */
  save(): SavedVariable[];
  /**
   * Sets the state from `save()` of an optimizer of the same options over the same network. Nothing changes when anything is
   * wrong.
   *
   * @throws RangeError when a variable is missing or unknown, or a shape differs
   */
  load(saved: readonly SavedVariable[]): void;
  /** Frees the state; the variables that it moved stay. */
  dispose(): void;
}
