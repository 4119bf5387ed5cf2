import {
  cast,
  expandDims,
  mul,
  neg,
  oneHot,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import { checkLabelTensor, checkMatrix } from './check-shapes.js';
import { checkLabelOptions, countedLabels, type LabelOptions, weighed } from './example-weights.js';
import { labelCrossEntropy } from './label-cross-entropy.js';
import { ofNothing } from './of-nothing.js';
import { ownGradient } from './own-gradient.js';

/**
 * Softmax cross entropy with class numbers: `-log softmax(x_i)[y_i]`.
 *
 * Nothing is normalised: `logits` are used as they come. A logit may be -Infinity (a class that is ruled out), as
 * long as it is not that of the label. Labels are not read here; `checkLabels` tells those that are out of range.
 *
 * @param logits - `[batch, classes]`, at least 2 classes
 * @param labels - int32 `[batch]`, from 0 to classes - 1
 * @param options - class weights and an ignored label
 * @returns `[batch]`, 0 or more
 * @throws {RangeError} if a shape does not fit
 * @throws {TypeError} if `labels` are not int32
 * @example
 * softmaxCrossEntropy(tensor2d([[0, 0]]), tensor1d([1], 'int32')); // [0.6931], that is log 2
 */
export function softmaxCrossEntropy(
  logits: Tensor2D,
  labels: Tensor1D,
  options: LabelOptions = {},
): Tensor1D {
  checkMatrix('logits', logits);
  const [batch, classes] = logits.shape;
  checkLabelTensor(labels, batch);
  if (classes < 2) throw new RangeError(`logits must have at least 2 classes, and have ${classes}`);
  checkLabelOptions(options, classes);
  if (batch === 0) return ofNothing([logits], [0]);
  return tidy(() => {
    const counted = countedLabels(labels, options.ignoredLabel);
    return weighed(crossEntropy(logits, counted), labels, options);
  });
}

function crossEntropy(logits: Tensor2D, labels: Tensor1D): Tensor1D {
  return ownGradient<Tensor1D>([logits], {
    forward: (save) => {
      const isLabel = cast(oneHot(labels, logits.shape[1]), 'bool');
      const { values, probabilities, missing } = labelCrossEntropy(logits, isLabel);
      save([probabilities, isLabel, missing]);
      return values;
    },
    backward: (gradient, saved) => {
      const [probabilities, isLabel, missing] = saved as [Tensor, Tensor, Tensor];
      return [mul(where(isLabel, neg(missing), probabilities), expandDims(gradient, -1))];
    },
  });
}
