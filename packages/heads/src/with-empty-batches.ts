import {
  customGrad,
  type Tensor1D,
  type Tensor2D,
  type TensorContainer,
  tensor1d,
  zeros,
} from '@tensorflow/tfjs-core';
import { checkLabelShape, checkOutputs, checkScores } from './check-outputs.js';
import type { Head } from './head.js';

/** What a head gives for a batch without examples. */
interface EmptyBatch<Targets, Prediction> {
  /** Throws unless there are no targets. */
  readonly check: (targets: Targets) => void;
  readonly prediction: () => Prediction;
}

/** Of heads that predict labels. */
export const noLabels: EmptyBatch<Tensor1D, Tensor1D> = {
  check: (labels) => {
    checkLabelShape(labels, 0);
  },
  prediction: () => tensor1d([], 'int32'),
};

/**
 * The same head, which has empty losses, scores and predictions for an empty batch, `[0, outputDimensions]`, on every backend: kernels
 * differ there, and many throw. The loss's gradient is as empty as the outputs.
 */
export function withEmptyBatches<
  Targets extends TensorContainer,
  Prediction extends TensorContainer,
  H extends Head<Targets, Prediction> & { readonly probabilities?: (outputs: Tensor2D) => Tensor2D },
>(head: H & Head<Targets, Prediction>, { check, prediction }: EmptyBatch<Targets, Prediction>): H {
  const { kind, outputDimensions, scoreColumns, probabilities } = head;
  const areNone = (outputs: Tensor2D): boolean => {
    if (outputs.shape[0] !== 0) return false;
    checkOutputs(kind, outputs, outputDimensions);
    return true;
  };
  const areNoScores = (scores: Tensor2D): boolean => {
    if (scores.shape[0] !== 0) return false;
    checkScores(kind, scores, scoreColumns);
    return true;
  };
  const noLoss = (rows: Tensor2D, targets: Targets): Tensor1D => {
    check(targets);
    return emptyLoss(rows);
  };
  return {
    ...head,
    loss: (outputs: Tensor2D, targets: Targets) =>
      areNone(outputs) ? noLoss(outputs, targets) : head.loss(outputs, targets),
    scores: (outputs: Tensor2D) => (areNone(outputs) ? zeros([0, scoreColumns]) : head.scores(outputs)),
    predict: (outputs: Tensor2D) => (areNone(outputs) ? prediction() : head.predict(outputs)),
    lossOfScores: (scores: Tensor2D, targets: Targets) =>
      areNoScores(scores) ? noLoss(scores, targets) : head.lossOfScores(scores, targets),
    predictionOfScores: (scores: Tensor2D) =>
      areNoScores(scores) ? prediction() : head.predictionOfScores(scores),
    ...(probabilities === undefined
      ? {}
      : {
          probabilities: (outputs: Tensor2D) =>
            areNone(outputs) ? zeros([0, scoreColumns]) : probabilities(outputs),
        }),
  };
}

/** `[0]`, whose gradient is as empty as the rows; backends would disagree on a sum over no rows. */
function emptyLoss(rows: Tensor2D): Tensor1D {
  const shape = rows.shape;
  const ofRows = customGrad<Tensor1D>(() => ({ value: tensor1d([]), gradFunc: () => zeros(shape) }));
  return ofRows(rows);
}
