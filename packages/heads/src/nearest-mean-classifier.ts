import { normaliseRows, squaredCosineLoss } from '@hyperspherical/losses';
import {
  add,
  div,
  expandDims,
  gather,
  greater,
  matMul,
  maximum,
  mul,
  sum,
  type Tensor1D,
  tensor2d,
  type Tensor2D,
  tidy,
  type Variable,
  variable,
  where,
} from '@tensorflow/tfjs-core';
import { checkLabelShape, checkOutputs, checkScores } from './check-outputs.js';
import { checkPrototypes } from './check-prototypes.js';
import { largestScore, squaredCosineOfScores } from './class-scores.js';
import { extendWeights, labelWeighting } from './class-weighting.js';
import { describeValue } from './describe-value.js';
import { extendPrototypes } from './extend-prototypes.js';
import type { Head } from './head.js';
import type { ClassWeighting, NearestMeanClassifierConfiguration } from './head-configuration.js';
import { oneHotRows } from './one-hot-rows.js';
import { prototypesToJSON } from './prototypes-configuration.js';
import type { Prototypes } from '@hyperspherical/prototypes';
import { noLabels, withEmptyBatches } from './with-empty-batches.js';

/** What a nearest-mean classifier is made of. */
export interface NearestMeanClassifierOptions extends ClassWeighting {
  /** Where the means begin, one row a class; directions of length 1. */
  readonly means: Prototypes;
  /** How much of a mean stays at each `update`, from 0 to below 1. Default 0.9. */
  readonly decay?: number;
}

/** A classifier by the means of its classes' outputs. Targets are int32 labels `[batch]`. */
export interface NearestMeanClassifier extends Head<Tensor1D, Tensor1D> {
  readonly kind: 'nearest-mean-classifier';
  toJSON(): NearestMeanClassifierConfiguration;
  /**
   * Moves the mean of every class in the batch: `decay x mean + (1 - decay) x mean of its unit outputs`. Pure tensor
   * code; part of the training step, after the loss.
   */
  update(outputs: Tensor2D, labels: Tensor1D): void;
  /** Sets the mean of every class that occurs to the mean of its unit outputs, for instance over a whole epoch. */
  recompute(outputs: Tensor2D, labels: Tensor1D): void;
  /** A head of its own with further classes after these. */
  extend(means: Prototypes): NearestMeanClassifier;
}

/**
 * The nearest-mean baselines: prototypes are no fixed points but the means of the classes' outputs, decayed (`update`
 * in every step) or recomputed (`recompute` now and then). Loss `(1 - cos(z, mean_y))^2` with the means held still,
 * scores `cos(z, mean_k)`. The means are variables that no optimiser changes.
 *
 * @param options - means and decay
 * @param meansVariable - used in place of a variable of the head's own, `[classes, dimensions]`; freed by its owner
 * @throws {RangeError} if means are not unit rows or two of them are the same, or decay is not from 0 to below 1
 * @see Mettes, van der Pol and Snoek, Hyperspherical Prototype Networks, NeurIPS 2019, section 3.1
 * @example
 * head.update(outputs, labels); // after each step
 */
export function nearestMeanClassifier(
  options: NearestMeanClassifierOptions,
  meansVariable?: Variable,
): NearestMeanClassifier {
  return withMeans({ ...options, means: checkPrototypes(options.means, 'means') }, meansVariable);
}

/** Means that were moved are no longer of length 1, and may be the same: their JSON is not checked for it. */
export function nearestMeanClassifierFromJSON(
  options: NearestMeanClassifierOptions,
  meansVariable?: Variable,
): NearestMeanClassifier {
  return withMeans(options, meansVariable);
}

function withMeans(options: NearestMeanClassifierOptions, meansVariable?: Variable): NearestMeanClassifier {
  const { means: start, decay = 0.9 } = options;
  if (!(typeof decay === 'number' && decay >= 0 && decay < 1)) {
    throw new RangeError(`decay must be from 0 to below 1, and is ${describeValue(decay)}`);
  }
  const kind = 'nearest-mean-classifier';
  const { classes, dimensions, values } = start;
  const weighting = labelWeighting(options, classes);
  const means = meansVariable ?? tidy(() => variable(tensor2d(values, [classes, dimensions]), false));
  const rows = means as unknown as Tensor2D;

  const move = (outputs: Tensor2D, labels: Tensor1D, kept: number) => {
    checkOutputs(kind, outputs, dimensions);
    checkLabelShape(labels, outputs.shape[0]);
    // No class occurs, and no mean moves.
    if (outputs.shape[0] === 0) return;
    tidy(() => {
      // An ignored label is no class: its row of the one-hot matrix is 0.
      const isLabel = oneHotRows(labels, classes);
      const counts = expandDims(sum(isLabel, 0), -1);
      const batchMeans = div(matMul(isLabel, normaliseRows(outputs), true, false), maximum(counts, 1));
      const moved = add(mul(rows, kept), mul(batchMeans, 1 - kept));
      means.assign(where(greater(counts, 0), moved, rows));
    });
  };
  const scores = (outputs: Tensor2D) => {
    checkOutputs(kind, outputs, dimensions);
    return tidy(() => matMul<Tensor2D>(normaliseRows(outputs), normaliseRows(rows), false, true));
  };
  const predictionOfScores = (cosines: Tensor2D) => {
    checkScores(kind, cosines, classes);
    return largestScore(cosines);
  };
  const current = (): Prototypes => ({ ...start, values: means.dataSync<'float32'>().slice() });
  const head: NearestMeanClassifier = {
    kind,
    outputDimensions: dimensions,
    scoreColumns: classes,
    variables: [means],
    trainableVariables: [],
    loss: (outputs, labels) => {
      checkOutputs(kind, outputs, dimensions);
      checkLabelShape(labels, outputs.shape[0]);
      return tidy(() => {
        const targets = gather(rows, weighting.counted(labels));
        return weighting.weigh(squaredCosineLoss(outputs, targets), labels);
      });
    },
    scores,
    predict: (outputs) => tidy(() => predictionOfScores(scores(outputs))),
    lossOfScores: (cosines, labels) => {
      checkScores(kind, cosines, classes);
      checkLabelShape(labels, cosines.shape[0]);
      return tidy(() => weighting.weigh(squaredCosineOfScores(cosines, weighting.counted(labels)), labels));
    },
    predictionOfScores,
    update: (outputs, labels) => {
      move(outputs, labels, decay);
    },
    recompute: (outputs, labels) => {
      move(outputs, labels, 0);
    },
    extend: (added) =>
      withMeans({
        ...extendWeights(options, added.classes),
        means: extendPrototypes(current(), added),
        decay,
      }),
    toJSON: () => ({ kind, means: prototypesToJSON(current()), decay, ...weighting.json }),
    dispose: () => {
      weighting.dispose();
      if (meansVariable === undefined) means.dispose();
    },
  };
  return withEmptyBatches(head, noLabels);
}
