import { squaredError } from '@hyperspherical/losses';
import {
  add,
  div,
  mul,
  sub,
  type Tensor1D,
  tensor1d,
  type Tensor2D,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import { checkOutputs } from './check-outputs.js';
import { checkRecord, isFinite32 } from './check-values.js';
import { describeValue } from './describe-value.js';
import type { Head } from './head.js';
import type { Standard, LinearRegressorConfiguration } from './head-configuration.js';
import { keptTensor } from './kept-tensor.js';
import { checkTargetShape, predictionShape, targetColumns } from './target-columns.js';
import { withEmptyBatches } from './with-empty-batches.js';

/** What a linear regressor is made of. */
export interface LinearRegressorOptions {
  /**
   * What each target is centred on and divided by; a list for several targets. Default `{ mean: 0, deviation: 1 }`: the
   * network puts out the value itself, as the paper's baseline does. See `standardFromTargets`.
   */
  readonly standards?: Standard | readonly Standard[];
}

/** A regressor by squared error. Targets and predictions are `[batch]`, or `[batch, targets]` for a list of standards. */
export interface LinearRegressor extends Head<Tensor1D | Tensor2D, Tensor1D | Tensor2D> {
  readonly kind: 'linear-regressor';
  toJSON(): LinearRegressorConfiguration;
}

/**
 * The baseline of regression: the mean over targets of `(z_j - (y_j - mean_j) / deviation_j)^2`; prediction
 * `z_j deviation_j + mean_j`; scores are the outputs as they come.
 *
 * @throws {RangeError} if a mean is not finite or a deviation not above 0
 * @example
 * const head = linearRegressor({ standards: standardFromTargets(years) });
 */
export function linearRegressor({
  standards = { mean: 0, deviation: 1 },
}: LinearRegressorOptions = {}): LinearRegressor {
  const several = Array.isArray(standards);
  const list: readonly Standard[] = several ? (standards as readonly Standard[]) : [standards as Standard];
  if (list.length === 0) throw new RangeError('standards must name at least one target');
  list.forEach((standard, index) => {
    const name = several ? `standards[${index}]` : 'standards';
    checkRecord(name, standard);
    const { mean, deviation } = standard;
    if (!isFinite32(mean)) throw new RangeError(`${name}.mean must be finite, and is ${describeValue(mean)}`);
    if (!isFinite32(deviation) || deviation <= 0) {
      throw new RangeError(
        `${name}.deviation must be a finite number above 0, and is ${describeValue(deviation)}`,
      );
    }
  });
  const kind = 'linear-regressor';
  const count = list.length;
  const means = keptTensor(() => tensor1d(list.map(({ mean }) => mean)));
  const deviations = keptTensor(() => tensor1d(list.map(({ deviation }) => deviation)));
  const loss = (outputs: Tensor2D, targets: Tensor1D | Tensor2D) => {
    checkOutputs(kind, outputs, count);
    return tidy(() => {
      const columns = targetColumns(targets, outputs.shape[0], count, several);
      return squaredError(outputs, div<Tensor2D>(sub(columns, means.get()), deviations.get()));
    });
  };
  const predict = (outputs: Tensor2D) => {
    checkOutputs(kind, outputs, count);
    return tidy(() => predictionShape(add(mul(outputs, deviations.get()), means.get()), several));
  };
  const head: LinearRegressor = {
    kind,
    outputDimensions: count,
    scoreColumns: count,
    variables: [],
    trainableVariables: [],
    loss,
    scores: (outputs) => {
      checkOutputs(kind, outputs, count);
      return outputs.clone();
    },
    predict,
    lossOfScores: loss,
    predictionOfScores: predict,
    toJSON: () => ({ kind, standards }),
    dispose: () => {
      means.dispose();
      deviations.dispose();
    },
  };
  return withEmptyBatches(head, {
    check: (targets) => {
      checkTargetShape(targets, 0, count, several);
    },
    prediction: () => zeros(several ? [0, count] : [0]),
  });
}

/**
 * The mean and standard deviation (of the population) of training targets.
 *
 * @throws {RangeError} if a target is not finite, or all are equal
 * @example
 * standardFromTargets([1, 3]); // { mean: 2, deviation: 1 }
 */
export function standardFromTargets(targets: ArrayLike<number>): Standard {
  if (targets.length === 0) throw new RangeError('targets must not be empty');
  let mean = 0;
  for (let index = 0; index < targets.length; index++) {
    const target = targets[index]!;
    if (!Number.isFinite(target)) throw new RangeError(`target ${index} is ${target}, and must be finite`);
    mean += (target - mean) / (index + 1);
  }
  let squares = 0;
  for (const target of Array.from(targets)) squares += (target - mean) ** 2;
  const deviation = Math.sqrt(squares / targets.length);
  if (deviation === 0) throw new RangeError(`all ${targets.length} targets are ${mean}: they do not vary`);
  return { mean, deviation };
}
