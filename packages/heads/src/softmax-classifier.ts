import { softmaxCrossEntropy } from '@hyperspherical/losses';
import { softmax, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { checkOutputs } from './check-outputs.js';
import { checkCount } from './check-values.js';
import { largestScore } from './class-scores.js';
import { extendWeights, labelWeighting } from './class-weighting.js';
import type { Head } from './head.js';
import type { ClassWeighting, SoftmaxClassifierConfiguration } from './head-configuration.js';
import { noLabels, withEmptyBatches } from './with-empty-batches.js';

/** What a softmax classifier is made of. */
export interface SoftmaxClassifierOptions extends ClassWeighting {
  /** How many classes there are, at least 2: one logit each. */
  readonly classes: number;
}

/** The usual classifier over logits. Targets are int32 labels `[batch]`. */
export interface SoftmaxClassifier extends Head<Tensor1D, Tensor1D> {
  readonly kind: 'softmax-classifier';
  toJSON(): SoftmaxClassifierConfiguration;
  readonly classes: number;
  /** `softmax(outputs)`, `[batch, classes]`: rows sum to 1. */
  probabilities(outputs: Tensor2D): Tensor2D;
  /** A head with `count` further classes; the network must put out as many more logits. */
  extend(count: number): SoftmaxClassifier;
}

/**
 * The baseline: softmax cross entropy over the outputs as they come, one logit a class.
 *
 * @throws {RangeError} if `classes` is not an integer of at least 2, or class weights are out of range
 * @example
 * const head = softmaxClassifier({ classes: 10 });
 * head.probabilities(network(images));
 */
export function softmaxClassifier(options: SoftmaxClassifierOptions): SoftmaxClassifier {
  const { classes } = options;
  checkCount('classes', classes, 2);
  const kind = 'softmax-classifier';
  const weighting = labelWeighting(options, classes);
  const checked = (outputs: Tensor2D) => {
    checkOutputs(kind, outputs, classes);
    return outputs;
  };
  const loss = (outputs: Tensor2D, labels: Tensor1D) =>
    softmaxCrossEntropy(checked(outputs), labels, weighting.options());
  const predict = (outputs: Tensor2D) => largestScore(checked(outputs));
  const head: SoftmaxClassifier = {
    kind,
    classes,
    outputDimensions: classes,
    scoreColumns: classes,
    variables: [],
    trainableVariables: [],
    loss,
    scores: (outputs) => checked(outputs).clone(),
    probabilities: (outputs) => softmax(checked(outputs)),
    predict,
    lossOfScores: loss,
    predictionOfScores: predict,
    extend: (count) => softmaxClassifier({ ...extendWeights(options, count), classes: classes + count }),
    toJSON: () => ({ kind, classes, ...weighting.json }),
    dispose: () => {
      weighting.dispose();
    },
  };
  return withEmptyBatches(head, noLabels);
}
