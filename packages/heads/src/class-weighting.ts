import { countedLabels, exampleWeights, type LabelOptions } from '@hyperspherical/losses';
import { mul, type Tensor1D, tensor1d } from '@tensorflow/tfjs-core';
import { isFinite32, isNumberList } from './check-values.js';
import { describeValue } from './describe-value.js';
import type { ClassWeighting } from './head-configuration.js';
import { keptTensor } from './kept-tensor.js';

/** A head's class weights and ignored label, ready for the losses. */
export interface LabelWeighting {
  /** For losses that take these options. */
  readonly options: () => LabelOptions;
  /** For losses that do not: labels to gather by. */
  readonly counted: (labels: Tensor1D) => Tensor1D;
  /** And their values with the weights applied. */
  readonly weigh: (values: Tensor1D, labels: Tensor1D) => Tensor1D;
  readonly json: ClassWeighting;
  readonly dispose: () => void;
}

/** Checks class weights, on the host, and keeps them on the device from their first use. */
export function labelWeighting(
  { classWeights, ignoredLabel }: ClassWeighting,
  classes: number,
): LabelWeighting {
  if (classWeights !== undefined) checkWeights(classWeights, classes);
  if (ignoredLabel !== undefined && !Number.isInteger(ignoredLabel)) {
    throw new RangeError(`ignoredLabel must be an integer, and is ${describeValue(ignoredLabel)}`);
  }
  const weights = keptTensor(() => tensor1d(Array.from(classWeights ?? [])));
  const options = (): LabelOptions => ({
    ...(classWeights === undefined ? {} : { classWeights: weights.get() }),
    ...(ignoredLabel === undefined ? {} : { ignoredLabel }),
  });
  const isPlain = classWeights === undefined && ignoredLabel === undefined;
  return {
    options,
    counted: (labels) => countedLabels(labels, ignoredLabel),
    weigh: (values, labels) => (isPlain ? values : mul(values, exampleWeights(labels, options()))),
    json: {
      ...(classWeights === undefined ? {} : { classWeights: Array.from(classWeights) }),
      ...(ignoredLabel === undefined ? {} : { ignoredLabel }),
    },
    dispose: () => {
      weights.dispose();
    },
  };
}

function checkWeights(classWeights: ArrayLike<number>, classes: number): void {
  if (!isNumberList(classWeights)) {
    throw new TypeError(`classWeights must be an array of numbers, and are ${describeValue(classWeights)}`);
  }
  if (classWeights.length !== classes) {
    throw new RangeError(`classWeights must be ${classes}, one a class; they are ${classWeights.length}`);
  }
  const weights = Array.from(classWeights);
  weights.forEach((weight, position) => {
    if (!isFinite32(weight) || weight < 0) {
      throw new RangeError(
        `classWeights[${position}] must be a finite number of at least 0, and is ${describeValue(weight)}`,
      );
    }
  });
  if (weights.every((weight) => weight === 0)) throw new RangeError('classWeights must not all be 0');
}

/** The class weights of old classes, and 1 for each new one. */
export function extendWeights({ classWeights, ignoredLabel }: ClassWeighting, added: number): ClassWeighting {
  return {
    ...(classWeights === undefined
      ? {}
      : { classWeights: [...classWeights, ...Array<number>(added).fill(1)] }),
    ...(ignoredLabel === undefined ? {} : { ignoredLabel }),
  };
}
