import { type OrdinalDistance, ordinalCrossEntropy, ordinalSoftLabelTable } from '@hyperspherical/losses';
import {
  gather,
  mul,
  range,
  softmax,
  sum,
  type Tensor1D,
  tensor1d,
  tensor2d,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import { checkLabelShape, checkOutputs } from './check-outputs.js';
import { checkChoice, checkCount, isNumberList } from './check-values.js';
import { largestScore } from './class-scores.js';
import { extendWeights, labelWeighting } from './class-weighting.js';
import { describeValue } from './describe-value.js';
import type { Head } from './head.js';
import type { ClassWeighting, OrdinalClassifierConfiguration } from './head-configuration.js';
import { keptTensor } from './kept-tensor.js';
import { noLabels, withEmptyBatches } from './with-empty-batches.js';

/** The loss keeps a table of `classes x classes` soft labels: 64 MiB at this many. */
const mostRanks = 4096;

/** What an ordinal classifier is made of. */
export interface OrdinalClassifierOptions extends ClassWeighting {
  /** How many ranks there are, from 2 to 4096: one logit each. */
  readonly classes: number;
  /**
   * How far a rank is from the true one. Default `'absolute'`; `'squared'`, `'squared-log'`, a function of two ranks, or
   * the matrix of its values, one row a true rank.
   */
  readonly distance?: OrdinalDistance | readonly (readonly number[])[];
  /** Default `'argmax'`: the likeliest rank, int32. `'expectation'`: the mean rank, float32, between ranks. */
  readonly decoding?: 'argmax' | 'expectation';
}

/** A classifier of ordered classes. Targets are int32 ranks `[batch]`. */
export interface OrdinalClassifier extends Head<Tensor1D, Tensor1D> {
  readonly kind: 'ordinal-classifier';
  toJSON(): OrdinalClassifierConfiguration;
  readonly classes: number;
  /** `softmax(outputs)`, `[batch, classes]`: rows sum to 1. */
  probabilities(outputs: Tensor2D): Tensor2D;
  /**
   * A head with `count` further ranks above the highest; the network must put out as many more logits.
   *
   * @throws {RangeError} if the distance is a matrix, which does not tell the new ranks' distances
   */
  extend(count: number): OrdinalClassifier;
}

/**
 * Ordinal regression by soft labels (SORD): cross entropy between softmax over the outputs and a distribution that
 * gives ranks near the true one their share; scores are the logits.
 *
 * @throws {RangeError} if `classes` is not an integer from 2 to 4096, or a distance is negative, not finite or unknown
 * @see Diaz and Marathe, Soft Labels for Ordinal Regression, CVPR 2019
 * @example
 * ordinalClassifier({ classes: 8, distance: 'squared', decoding: 'expectation' });
 */
export function ordinalClassifier(options: OrdinalClassifierOptions): OrdinalClassifier {
  const { classes, distance = 'absolute', decoding = 'argmax' } = options;
  checkCount('classes', classes, 2, mostRanks);
  checkDistance(distance, classes);
  const measure: OrdinalDistance = typeof distance === 'object' ? (t, k) => distance[t]![k]! : distance;
  const makeTable = () => ordinalSoftLabelTable(classes, { distance: measure });
  // Named distances are right whatever the ranks: their table is made when the loss first needs it, and never for prediction.
  const table = typeof distance === 'string' ? undefined : makeTable();
  checkChoice('decoding', decoding, ['argmax', 'expectation']);
  const kind = 'ordinal-classifier';
  const weighting = labelWeighting(options, classes);
  const softLabels = keptTensor(() => tensor2d(table ?? makeTable(), [classes, classes]));
  const ranks = keptTensor(() => range(0, classes));
  const checked = (outputs: Tensor2D) => {
    checkOutputs(kind, outputs, classes);
    return outputs;
  };
  const loss = (outputs: Tensor2D, labels: Tensor1D) => {
    checkLabelShape(labels, checked(outputs).shape[0]);
    return tidy(() => {
      const targets = gather(softLabels.get(), weighting.counted(labels));
      return weighting.weigh(ordinalCrossEntropy(outputs, targets), labels);
    });
  };
  const predict = (outputs: Tensor2D) => {
    checked(outputs);
    if (decoding === 'argmax') return largestScore(outputs);
    return tidy(() => sum<Tensor1D>(mul(softmax(outputs), ranks.get()), -1));
  };
  const head: OrdinalClassifier = {
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
    extend: (count) => {
      if (typeof distance === 'object') {
        throw new RangeError(
          `distance is a matrix of ${classes} ranks and says nothing of further ones: make an ordinalClassifier with a larger matrix, or with a function.`,
        );
      }
      return ordinalClassifier({ ...options, ...extendWeights(options, count), classes: classes + count });
    },
    toJSON: () => ({
      kind,
      classes,
      distance: distanceToJSON(distance, classes),
      decoding,
      ...weighting.json,
    }),
    dispose: () => {
      for (const constant of [softLabels, ranks, weighting]) constant.dispose();
    },
  };
  return withEmptyBatches(head, {
    ...noLabels,
    prediction: () => tensor1d([], decoding === 'argmax' ? 'int32' : 'float32'),
  });
}

function checkDistance(distance: unknown, classes: number): void {
  if (typeof distance === 'function') return;
  if (typeof distance !== 'object') {
    checkChoice('distance', distance, ['absolute', 'squared', 'squared-log']);
    return;
  }
  const rows: ArrayLike<unknown> | undefined = isNumberList(distance) ? distance : undefined;
  if (rows?.length !== classes) {
    throw new RangeError(
      `distance must be a name, or a matrix of ${classes} rows, one for each rank; it is ${rows === undefined ? describeValue(distance) : `an array of ${rows.length}`}`,
    );
  }
  for (let rank = 0; rank < classes; rank++) {
    const row = rows[rank];
    if (isNumberList(row) && row.length === classes && Array.from(row).every(Number.isFinite)) continue;
    throw new RangeError(`distance[${rank}] must be ${classes} finite numbers, one for each rank`);
  }
}

function distanceToJSON(
  distance: OrdinalDistance | readonly (readonly number[])[],
  classes: number,
): OrdinalClassifierConfiguration['distance'] {
  if (typeof distance !== 'function') return distance;
  const ranks = Array.from({ length: classes }, (_, rank) => rank);
  return ranks.map((trueRank) => ranks.map((rank) => distance(trueRank, rank)));
}
