import { cosineRegressionLoss, normaliseRows } from '@hyperspherical/losses';
import {
  add,
  clipByValue,
  div,
  maximum,
  mean,
  minimum,
  mul,
  oneHot,
  type Rank,
  reshape,
  slice,
  sub,
  type Tensor1D,
  tensor1d,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import { type Bounds, checkBounds } from './bounds.js';
import { checkOutputs } from './check-outputs.js';
import { type Head } from './head.js';
import { keptTensor } from './kept-tensor.js';

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
  if (!Number.isInteger(dimensions) || dimensions < 2) {
    throw new RangeError(`dimensions must be an integer of at least 2, and is ${dimensions}`);
  }
  const kind = 'prototype-regressor';
  const count = list.length;
  const outputDimensions = count * dimensions;
  const lower = keptTensor(() => tensor1d(list.map((each) => each.lower)));
  const upper = keptTensor(() => tensor1d(list.map((each) => each.upper)));
  const halfRange = keptTensor(() => tensor1d(list.map((each) => (each.upper - each.lower) / 2)));
  const pole = keptTensor(() => oneHot(0, dimensions, 1, 0, 'float32') as Tensor1D);

  const scores = (outputs: Tensor2D) => {
    checkOutputs(kind, outputs, outputDimensions);
    return tidy(() => {
      const unit = normaliseRows(reshape<Rank.R2>(outputs, [-1, dimensions]));
      return reshape<Rank.R2>(slice(unit, [0, 0], [-1, 1]), [outputs.shape[0], count]);
    });
  };
  return {
    kind,
    bounds,
    outputDimensions,
    variables: [],
    trainableVariables: [],
    loss: (outputs, targets) => {
      checkOutputs(kind, outputs, outputDimensions);
      const [batch] = outputs.shape;
      const expected = several ? [batch, count] : [batch];
      if (targets.shape.join() !== expected.join()) {
        throw new RangeError(
          `targets must be [${expected.join(', ')}]; their shape is [${targets.shape.join(', ')}]`,
        );
      }
      return tidy(() => {
        const scaled = sub(div(sub(reshape(targets, [batch, count]), lower.get()), halfRange.get()), 1);
        const positions = reshape<Rank.R1>(clamp ? clipByValue(scaled, -1, 1) : scaled, [-1]);
        const rows = reshape<Rank.R2>(outputs, [-1, dimensions]);
        const losses = cosineRegressionLoss(rows, positions, { pole: pole.get() });
        return mean<Tensor1D>(reshape(losses, [batch, count]), -1);
      });
    },
    scores,
    predict: (outputs) =>
      tidy(() => {
        const values = add<Tensor2D>(mul(add(scores(outputs), 1), halfRange.get()), lower.get());
        const within = clamp ? maximum(minimum(values, upper.get()), lower.get()) : values;
        return reshape(within, several ? [-1, count] : [-1]) as Tensor1D | Tensor2D;
      }),
    toJSON: () => ({ kind, dimensions, bounds, clamp }),
    dispose: () => {
      for (const constant of [lower, upper, halfRange, pole]) constant.dispose();
    },
  };
}
