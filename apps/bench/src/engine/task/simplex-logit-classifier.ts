import type { Head } from '@hyperspherical/heads';
import { softmaxCrossEntropy } from '@hyperspherical/losses';
import { simplexPrototypes } from '@hyperspherical/prototypes';
import { argMax, matMul, mul, type Tensor1D, tensor2d, type Tensor2D, tidy } from '@tensorflow/tfjs-core';

/** A simplex of so many takes 400 MB. */
const mostClasses = 10_000;

/**
 * Maximum class separation as an inductive bias: softmax cross entropy over `scale * <z, p_k>`, p_k the vertices of a regular simplex in
 * `classes - 1` dimensions; outputs keep their length. Targets are int32 labels `[batch]`.
 *
 * @see Kasarla, Burghouts, van Spengler, van der Pol, Cucchiara and Mettes, Maximum Class Separation as Inductive Bias in One Matrix,
 *   NeurIPS 2022, equation 5.
 */
export function simplexLogitClassifier({
  classes,
  scale,
}: {
  readonly classes: number;
  readonly scale: number;
}): Head<Tensor1D, Tensor1D> {
  // They may come from a file, and the simplex has classes x (classes - 1) numbers.
  if (!(Number.isSafeInteger(classes) && classes >= 2 && classes <= mostClasses)) {
    throw new RangeError(
      `classes must be an integer from 2 to ${mostClasses}, and is ${JSON.stringify(classes)}`,
    );
  }
  if (!(Number.isFinite(scale) && scale > 0)) {
    throw new RangeError(`scale must be a finite number above 0, and is ${JSON.stringify(scale)}`);
  }
  const { values, dimensions } = simplexPrototypes({ classes, dimensions: classes - 1 });
  const kind = 'simplex-logit-classifier';
  const vertices = tensor2d(values, [classes, dimensions]);
  const scores = (outputs: Tensor2D): Tensor2D =>
    tidy(() => mul(matMul<Tensor2D>(outputs, vertices, false, true), scale));
  const lossOfScores = (logits: Tensor2D, labels: Tensor1D): Tensor1D => softmaxCrossEntropy(logits, labels);
  const predictionOfScores = (logits: Tensor2D): Tensor1D => argMax(logits, -1);
  return {
    kind,
    outputDimensions: dimensions,
    scoreColumns: classes,
    variables: [],
    trainableVariables: [],
    scores,
    lossOfScores,
    predictionOfScores,
    loss: (outputs, labels) => tidy(() => lossOfScores(scores(outputs), labels)),
    predict: (outputs) => tidy(() => predictionOfScores(scores(outputs))),
    toJSON: () => ({ kind, classes, scale }),
    dispose: () => {
      vertices.dispose();
    },
  };
}
