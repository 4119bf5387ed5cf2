import {
  type Head,
  type JointTensors,
  linearRegressor,
  softmaxClassifier,
  type Standard,
} from '@hyperspherical/heads';
import { add, mul, slice, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs-core';

/** What the baseline of joint tasks is made of. */
export interface MultiTaskOptions {
  readonly classes: number;
  readonly weights: { readonly classification: number; readonly regression: number };
  /** What values are centred on and divided by. */
  readonly standard: Standard;
}

/**
 * The baseline of joint learning: `classes` logits under softmax cross entropy and one more output under squared error, weighted. Targets
 * and predictions are `{ labels, values }`; scores are the outputs.
 *
 * @see Mettes, van der Pol and Snoek, Hyperspherical Prototype Networks, NeurIPS 2019, section 3.3, table 6 ("MTL").
 */
export function multiTaskHead({
  classes,
  weights,
  standard,
}: MultiTaskOptions): Head<JointTensors, JointTensors> {
  const kind = 'multi-task';
  for (const task of ['classification', 'regression'] as const) {
    // From a file, there may be no weights at all.
    const weight = (weights as MultiTaskOptions['weights'] | null | undefined)?.[task];
    if (!(Number.isFinite(weight) && weight! >= 0)) {
      throw new RangeError(
        `weights.${task} must be a finite number of at least 0, and is ${JSON.stringify(weight)}`,
      );
    }
  }
  const classifier = softmaxClassifier({ classes });
  const regressor = linearRegressor({ standards: standard });
  const logits = (outputs: Tensor2D): Tensor2D => slice(outputs, [0, 0], [-1, classes]);
  const value = (outputs: Tensor2D): Tensor2D => slice(outputs, [0, classes], [-1, 1]);
  const loss = (outputs: Tensor2D, targets: JointTensors): Tensor1D =>
    tidy(() =>
      add(
        mul(classifier.loss(logits(outputs), targets.labels), weights.classification),
        mul(regressor.loss(value(outputs), targets.values), weights.regression),
      ),
    );
  const predict = (outputs: Tensor2D): JointTensors =>
    tidy(() => ({
      labels: classifier.predict(logits(outputs)),
      values: regressor.predict(value(outputs)) as Tensor1D,
    }));
  return {
    kind,
    outputDimensions: classes + 1,
    scoreColumns: classes + 1,
    variables: [],
    trainableVariables: [],
    loss,
    predict,
    lossOfScores: loss,
    predictionOfScores: predict,
    scores: (outputs) => outputs.clone(),
    toJSON: () => ({ kind, classes, weights, standard }),
    dispose: () => {
      classifier.dispose();
      regressor.dispose();
    },
  };
}
