import {
  cast,
  exp,
  expandDims,
  log,
  max,
  mul,
  oneHot,
  reshape,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import { checkLabelTensor, checkMatrix } from './check-shapes.js';
import { checkLabelOptions, countedLabels, type LabelOptions, weighed } from './example-weights.js';
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
  return tidy(() => {
    const counted = countedLabels(labels, options.ignoredLabel);
    return weighed(crossEntropy(logits, counted), labels, options);
  });
}

function crossEntropy(logits: Tensor2D, labels: Tensor1D): Tensor1D {
  const [batch, classes] = logits.shape;
  return ownGradient<Tensor1D>([logits], {
    forward: (save) => {
      const isLabel = cast(oneHot(labels, classes), 'bool');
      const shifted = sub(logits, max(logits, -1, true));
      const logSum = log(sum(exp(shifted), -1, true));
      // Picked by `where`, since 0 * -Infinity would be NaN.
      const ofLabel = sum(where(isLabel, shifted, 0), -1);
      save([shifted, logSum, isLabel]);
      return sub<Tensor1D>(reshape(logSum, [batch]), ofLabel);
    },
    backward: (gradient, saved) => {
      const [shifted, logSum, isLabel] = saved as [Tensor, Tensor, Tensor];
      const difference = sub(exp(sub(shifted, logSum)), cast(isLabel, 'float32'));
      return [mul(difference, expandDims(gradient, -1))];
    },
  });
}
