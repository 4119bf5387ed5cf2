import type { Tensor, Tensor1D, Tensor2D, TensorContainer, Variable } from '@tensorflow/tfjs-core';

/**
 * What stands between a network's outputs and its task: the loss to train it by, and the decoding of its answers.
 *
 * `loss`, `scores`, `predict` and their kin are pure tensor code (nothing is read back to JavaScript), so they run
 * inside `tidy`, `variableGrads` and a compiled step. They check ranks and sizes, which is free; `checkTargets` checks
 * values, outside of the training loop.
 */
export interface Head<Targets extends TensorContainer = Tensor, Prediction extends TensorContainer = Tensor> {
  /** The kind of head, as in its JSON. */
  readonly kind: string;
  /** How many numbers a network must put out for each example. */
  readonly outputDimensions: number;
  /** How many columns `scores` has. */
  readonly scoreColumns: number;
  /** Everything that a checkpoint must hold besides the JSON. Empty for heads that learn nothing. */
  readonly variables: readonly Variable[];
  /** Those of the variables that an optimiser changes. */
  readonly trainableVariables: readonly Variable[];
  /**
   * The loss of each example, `[batch]`.
   *
   * @param outputs - of the network, `[batch, outputDimensions]`, any length
   * @param targets - for classifiers int32 labels `[batch]`; see each head
   */
  loss(outputs: Tensor2D, targets: Targets): Tensor1D;
  /** `[batch, scoreColumns]`: one column a class, larger is likelier (cosines or logits); for regressors one a target. */
  scores(outputs: Tensor2D): Tensor2D;
  /**
   * The answer in the task's own terms: int32 labels `[batch]` (the lowest label on a tie), or values in their unit. Outputs that hold
   * NaN give a label without meaning, or the value NaN: nothing is read back to check them.
   */
  predict(outputs: Tensor2D): Prediction;
  /** What `loss(outputs, targets)` is, from `scores(outputs)`: for models whose last layer puts out the scores. */
  lossOfScores(scores: Tensor2D, targets: Targets): Tensor1D;
  /** What `predict(outputs)` is, from `scores(outputs)`. */
  predictionOfScores(scores: Tensor2D): Prediction;
  /** Plain data from which `headFromJSON` makes this head again, prototypes and learned vectors included. */
  toJSON(): { readonly kind: string };
  /**
   * Frees the head's tensors. A head without variables makes its constants again when it is used after this; one
   * with variables is gone.
   */
  dispose(): void;
}
