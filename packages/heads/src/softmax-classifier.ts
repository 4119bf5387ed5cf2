import { softmaxCrossEntropy } from '@hyperspherical/losses';
import { argMax, softmax, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { checkOutputs } from './check-outputs.js';
import { type Head } from './head.js';

/** What a softmax classifier is made of. */
export interface SoftmaxClassifierOptions {
  /** How many classes there are, at least 2: one logit each. */
  readonly classes: number;
}

/** The usual classifier over logits. Targets are int32 labels `[batch]`. */
export interface SoftmaxClassifier extends Head<Tensor1D, Tensor1D> {
  readonly kind: 'softmax-classifier';
  readonly classes: number;
  /** `softmax(outputs)`, `[batch, classes]`: rows sum to 1. */
  probabilities(outputs: Tensor2D): Tensor2D;
}

/**
 * The baseline: softmax cross entropy over the outputs as they come, one logit a class.
 *
 * @throws {RangeError} if `classes` is not an integer of at least 2
 * @example
 * const head = softmaxClassifier({ classes: 10 });
 * head.probabilities(network(images));
 */
export function softmaxClassifier({ classes }: SoftmaxClassifierOptions): SoftmaxClassifier {
  if (!Number.isInteger(classes) || classes < 2) {
    throw new RangeError(`classes must be an integer of at least 2, and is ${classes}`);
  }
  const kind = 'softmax-classifier';
  const checked = (outputs: Tensor2D) => {
    checkOutputs(kind, outputs, classes);
    return outputs;
  };
  return {
    kind,
    classes,
    outputDimensions: classes,
    variables: [],
    trainableVariables: [],
    loss: (outputs, labels) => softmaxCrossEntropy(checked(outputs), labels),
    scores: (outputs) => checked(outputs).clone(),
    probabilities: (outputs) => softmax(checked(outputs)),
    predict: (outputs) => argMax<Tensor1D>(checked(outputs), -1),
    toJSON: () => ({ kind, classes }),
    dispose: () => undefined,
  };
}
