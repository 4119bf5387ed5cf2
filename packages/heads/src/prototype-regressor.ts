import { cosineRegressionLoss, normaliseRows, squaredError } from '@hyperspherical/losses';
import { regressionPoles } from '@hyperspherical/prototypes';
import {
  mean,
  type Rank,
  reshape,
  slice,
  type Tensor1D,
  tensor1d,
  type Tensor2D,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import { type Bounds, checkBounds } from './bounds.js';
import { checkOutputs, checkScores } from './check-outputs.js';
import { checkBoolean, checkCount } from './check-values.js';
import type { Head } from './head.js';
import type { PrototypeRegressorConfiguration } from './head-configuration.js';
import { keptTensor } from './kept-tensor.js';
import { scaledTargets } from './scaled-targets.js';
import { checkTargetShape, predictionShape, targetColumns } from './target-columns.js';
import { withEmptyBatches } from './with-empty-batches.js';

/** What a prototype regressor is made of. */
export interface PrototypeRegressorOptions {
  /** What the poles stand for, in the target's own unit; a list for several targets. See `boundsFromTargets`. */
  readonly bounds: Bounds | readonly Bounds[];
  /** Dimensions of the sphere, for each target. Default 3, the sphere with the paper's best results; at least 2. */
  readonly dimensions?: number;
  /**
   * Default true: targets beyond the bounds count as the bound, and predictions never leave the bounds, not even by
   * rounding. False: the loss sees targets as they come, though no output can reach those beyond.
   */
  readonly clamp?: boolean;
}

/** A regressor between two poles. Targets and predictions are `[batch]`, or `[batch, targets]` for a list of bounds. */
export interface PrototypeRegressor extends Head<Tensor1D | Tensor2D, Tensor1D | Tensor2D> {
  readonly kind: 'prototype-regressor';
  toJSON(): PrototypeRegressorConfiguration;
  readonly bounds: Bounds | readonly Bounds[];
}

/**
 * The regressor of hyperspherical prototype networks: the lower and upper bound sit at opposite poles, and the angle
 * between them tells the value. Loss `(r - cos(z, p_u))^2` with `r = 2 (y - lower) / (upper - lower) - 1`, prediction
 * `(cos(z, p_u) + 1) / 2 * (upper - lower) + lower`, p_u the first axis. Scores are the cosines `[batch, targets]`.
 *
 * Several targets get a sphere each: target j reads outputs `j * dimensions` to `(j + 1) * dimensions - 1`, so that
 * every combination of values can be reached, and the loss is the mean over targets.
 *
 * @throws {RangeError} if bounds are equal, reversed or not finite, or `dimensions` is below 2
 * @see Mettes, van der Pol and Snoek, Hyperspherical Prototype Networks, NeurIPS 2019, section 2.2
 * @example
 * const head = prototypeRegressor({ bounds: { lower: 1000, upper: 1932 } });
 * head.predict(network(images)); // years
 */
export function prototypeRegressor({
  bounds,
  dimensions = 3,
  clamp = true,
}: PrototypeRegressorOptions): PrototypeRegressor {
  const several = Array.isArray(bounds);
  const list: readonly Bounds[] = several ? (bounds as readonly Bounds[]) : [bounds as Bounds];
  if (list.length === 0) throw new RangeError('bounds must name at least one target');
  list.forEach((each, index) => {
    checkBounds(each, several ? `bounds[${index}]` : 'bounds');
  });
  checkCount('dimensions', dimensions, 2);
  checkCount('outputs (targets x dimensions)', list.length * dimensions, 2);
  checkBoolean('clamp', clamp);
  const kind = 'prototype-regressor';
  const count = list.length;
  const outputDimensions = count * dimensions;
  const scaling = scaledTargets(list, clamp);
  const pole = keptTensor(() => tensor1d(regressionPoles(dimensions).upper));

  const scores = (outputs: Tensor2D) => {
    checkOutputs(kind, outputs, outputDimensions);
    return tidy(() => {
      const unit = normaliseRows(reshape<Rank.R2>(outputs, [-1, dimensions]));
      return reshape<Rank.R2>(slice(unit, [0, 0], [-1, 1]), [outputs.shape[0], count]);
    });
  };
  const predictionOfScores = (cosines: Tensor2D) => {
    checkScores(kind, cosines, count);
    return tidy(() => predictionShape(scaling.toValues(cosines), several));
  };
  const head: PrototypeRegressor = {
    kind,
    bounds,
    outputDimensions,
    scoreColumns: count,
    variables: [],
    trainableVariables: [],
    loss: (outputs, targets) => {
      checkOutputs(kind, outputs, outputDimensions);
      const [batch] = outputs.shape;
      return tidy(() => {
        const positions = scaling.toPositions(targetColumns(targets, batch, count, several));
        const rows = reshape<Rank.R2>(outputs, [-1, dimensions]);
        const losses = cosineRegressionLoss(rows, reshape<Rank.R1>(positions, [-1]), { pole: pole.get() });
        return mean<Tensor1D>(reshape(losses, [batch, count]), -1);
      });
    },
    scores,
    predict: (outputs) => tidy(() => predictionOfScores(scores(outputs))),
    lossOfScores: (cosines, targets) => {
      checkScores(kind, cosines, count);
      return tidy(() =>
        squaredError(cosines, scaling.toPositions(targetColumns(targets, cosines.shape[0], count, several))),
      );
    },
    predictionOfScores,
    toJSON: () => ({ kind, dimensions, bounds, clamp }),
    dispose: () => {
      scaling.dispose();
      pole.dispose();
    },
  };
  return withEmptyBatches(head, {
    check: (targets) => {
      checkTargetShape(targets, 0, count, several);
    },
    prediction: () => zeros(several ? [0, count] : [0]),
  });
}
