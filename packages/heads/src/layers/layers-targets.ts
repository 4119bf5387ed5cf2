import {
  argMax,
  concat,
  expandDims,
  fill,
  equal,
  type Rank,
  reshape,
  slice,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import type { AnyHead } from '../head-from-json.js';
import type { HeadConfiguration } from '../head-configuration.js';
import type { JointTensors } from '../joint-head.js';
import { oneHotRows } from '../one-hot-rows.js';

/** Targets as any head takes them. */
export type HeadTargets = Tensor1D | Tensor2D | JointTensors;

/**
 * Targets in the shape that tf.layers demands, that of the model's output `[batch, scoreColumns]`: one-hot rows for
 * classifiers (a row of zeros for an ignored label), values in their own unit for regressors, and for a joint head the
 * one-hot row followed by the value.
 *
 * @example
 * await model.fit(images, layersTargets(head, labels));
 */
export function layersTargets(head: AnyHead, targets: HeadTargets): Tensor2D {
  return tidy(() => {
    switch (head.kind) {
      case 'prototype-regressor':
      case 'linear-regressor':
        return reshape<Rank.R2>(targets as Tensor, [-1, head.scoreColumns]);
      case 'joint': {
        const { labels, values } = targets as JointTensors;
        return concat([oneHotRows(labels, head.scoreColumns - 1), expandDims<Tensor2D>(values, -1)], 1);
      }
      case 'prototype-classifier':
      case 'softmax-classifier':
      case 'cosine-classifier':
      case 'ordinal-classifier':
      case 'nearest-mean-classifier':
        return oneHotRows(targets as Tensor1D, head.scoreColumns);
    }
  });
}

/** The way back: what `head.lossOfScores` takes, from rows as `layersTargets` makes them. */
export function targetsOfLayers(configuration: HeadConfiguration, rows: Tensor2D): HeadTargets {
  switch (configuration.kind) {
    case 'prototype-regressor':
      return Array.isArray(configuration.bounds) ? rows : reshape<Rank.R1>(rows, [-1]);
    case 'linear-regressor':
      return Array.isArray(configuration.standards) ? rows : reshape<Rank.R1>(rows, [-1]);
    case 'joint': {
      const { classes } = configuration.prototypes;
      return {
        labels: labelsOfRows(slice(rows, [0, 0], [-1, classes]), configuration.ignoredLabel),
        values: reshape<Rank.R1>(slice(rows, [0, classes], [-1, 1]), [-1]),
      };
    }
    case 'prototype-classifier':
    case 'softmax-classifier':
    case 'cosine-classifier':
    case 'ordinal-classifier':
    case 'nearest-mean-classifier':
      return labelsOfRows(rows, configuration.ignoredLabel);
  }
}

function labelsOfRows(rows: Tensor2D, ignoredLabel: number | undefined): Tensor1D {
  const labels = argMax<Tensor1D>(rows, -1);
  if (ignoredLabel === undefined) return labels;
  return where(equal(sum(rows, -1), 0), fill<Rank.R1>(labels.shape, ignoredLabel, 'int32'), labels);
}
