import {
  abs,
  cast,
  equal,
  mean,
  type Rank,
  reshape,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Head } from '../head.js';
import type { AnyHead } from '../head-from-json.js';
import type { JointTensors } from '../joint-head.js';
import { type HeadTargets, targetsOfLayers } from './layers-targets.js';

/** A loss or metric as `model.compile` takes it. */
export type LayersFunction = (targets: Tensor, scores: Tensor) => Tensor;

/**
 * The loss of a head, for a model that ends in `headLayer(head)` and is fitted to `layersTargets(head, ...)`: one value
 * an example, which tf.layers averages.
 *
 * @example
 * model.compile({ optimizer: 'sgd', loss: layersLoss(head) });
 */
export function layersLoss(head: AnyHead): LayersFunction {
  const { decide, targetsOf } = decoding(head);
  return function hypersphericalLoss(targets, scores) {
    return tidy(() => decide.lossOfScores(scores as Tensor2D, targetsOf(targets)));
  };
}

/**
 * The share of examples that get the right label, as a metric. For heads that classify, `'accuracy'` does the same,
 * except for `joint`, whose rows hold a value as well.
 *
 * @throws {RangeError} if the head only tells values
 * @example
 * model.compile({ optimizer, loss: layersLoss(head), metrics: [layersAccuracy(head)] });
 */
export function layersAccuracy(head: AnyHead): LayersFunction {
  if (head.kind === 'prototype-regressor' || head.kind === 'linear-regressor') {
    throw new RangeError(`a ${head.kind} tells no labels; its metric is layersMeanAbsoluteError`);
  }
  const { decide, targetsOf } = decoding(head);
  return function accuracy(targets, scores) {
    return tidy(() => {
      const found = labelsOf(decide.predictionOfScores(scores as Tensor2D));
      return cast(equal(found, cast(labelsOf(targetsOf(targets)), found.dtype)), 'float32');
    });
  };
}

/**
 * The absolute error of each example in the target's own unit, as a metric; the mean over targets when there are
 * several.
 *
 * @throws {RangeError} if the head only tells labels
 * @example
 * model.compile({ optimizer, loss: layersLoss(head), metrics: [layersMeanAbsoluteError(head)] });
 */
export function layersMeanAbsoluteError(head: AnyHead): LayersFunction {
  if (!['prototype-regressor', 'linear-regressor', 'joint'].includes(head.kind)) {
    throw new RangeError(`a ${head.kind} tells no values; its metric is layersAccuracy`);
  }
  const { decide, targetsOf } = decoding(head);
  return function meanAbsoluteError(targets, scores) {
    return tidy(() => {
      const found = valuesOf(decide.predictionOfScores(scores as Tensor2D));
      const errors = abs(sub(found, valuesOf(targetsOf(targets))));
      return mean(reshape<Rank.R2>(errors, [errors.shape[0], -1]), -1);
    });
  };
}

/** A head without its own kind of targets, and the way from tf.layers' rows to them. */
function decoding(head: AnyHead): {
  readonly decide: Head<HeadTargets, Tensor1D | Tensor2D | JointTensors>;
  readonly targetsOf: (rows: Tensor) => HeadTargets;
} {
  const configuration = head.toJSON();
  return {
    decide: head,
    targetsOf: (rows) => targetsOfLayers(configuration, rows as Tensor2D),
  };
}

function labelsOf(targets: HeadTargets): Tensor1D {
  return 'labels' in targets ? targets.labels : (targets as Tensor1D);
}

function valuesOf(targets: HeadTargets): Tensor {
  return 'values' in targets ? targets.values : targets;
}
