import { equal, gather, mul, ones, type Tensor1D, tidy, where, zerosLike } from '@tensorflow/tfjs-core';
import { checkLabelTensor, checkVector } from './check-shapes.js';
import { ofNothing } from './of-nothing.js';

/** How much the classes of a loss count. */
export interface LabelOptions {
  /**
   * The weight of each class, `[classes]`: an example's value is multiplied by that of its label. Default: all 1.
   * `checkClassWeights` tells weights that are negative or all zero.
   */
  readonly classWeights?: Tensor1D;
  /** A label that means "none", for instance -1: its examples get value 0 and gradient 0. Default: no such label. */
  readonly ignoredLabel?: number;
}

/**
 * The weight of each example: that of its class, 0 where its label is ignored. The losses apply it themselves; hand
 * it to `reduce` for a mean over what counts instead of over the batch.
 *
 * @param labels - int32 `[batch]`
 * @returns `[batch]`
 * @example
 * const options = { ignoredLabel: -1 };
 * reduce(softmaxCrossEntropy(logits, labels, options), 'mean', { weights: exampleWeights(labels, options) });
 */
export function exampleWeights(labels: Tensor1D, { classWeights, ignoredLabel }: LabelOptions): Tensor1D {
  checkLabelTensor(labels);
  if (classWeights !== undefined) checkVector('classWeights', classWeights);
  if (labels.shape[0] === 0) return ofNothing(classWeights ? [classWeights] : [], [0]);
  return tidy(() => {
    const ofClass =
      classWeights === undefined
        ? ones<Tensor1D['rankType']>(labels.shape)
        : gather(classWeights, countedLabels(labels, ignoredLabel));
    if (ignoredLabel === undefined) return ofClass;
    return where(equal(labels, ignoredLabel), zerosLike(ofClass), ofClass);
  });
}

/**
 * `labels` with 0 in place of the ignored one, so that every label names a class and can be gathered by.
 *
 * @example
 * gather(prototypes, countedLabels(labels, -1));
 */
export function countedLabels(labels: Tensor1D, ignoredLabel: number | undefined): Tensor1D {
  if (ignoredLabel === undefined || labels.shape[0] === 0) return labels;
  return tidy(() => where(equal(labels, ignoredLabel), zerosLike(labels), labels));
}

/** `values` times their examples' weights; those of ignored labels are 0 even where they are not finite. */
export function weighed(values: Tensor1D, labels: Tensor1D, options: LabelOptions): Tensor1D {
  const { classWeights, ignoredLabel } = options;
  const counted = ignoredLabel === undefined ? values : where(equal(labels, ignoredLabel), 0, values);
  return classWeights === undefined ? counted : mul(counted, exampleWeights(labels, options));
}

/** Throws unless the class weights, when given, are `[classes]`. */
export function checkLabelOptions({ classWeights, ignoredLabel }: LabelOptions, classes: number): void {
  if (classWeights !== undefined) checkVector('classWeights', classWeights, classes);
  if (ignoredLabel !== undefined && !Number.isInteger(ignoredLabel)) {
    throw new RangeError(`ignoredLabel must be an integer, and is ${ignoredLabel}`);
  }
}
