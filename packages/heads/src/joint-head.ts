import { jointCosineLoss, type JointLayout, type JointWeights, normaliseRows } from '@hyperspherical/losses';
import {
  add,
  concat,
  matMul,
  mul,
  type Rank,
  reshape,
  slice,
  square,
  squeeze,
  sub,
  type Tensor1D,
  tensor1d,
  tensor2d,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import { type Bounds, checkBounds } from './bounds.js';
import { checkLabelShape, checkOutputs, checkScores } from './check-outputs.js';
import { checkPrototypes } from './check-prototypes.js';
import { checkBoolean, checkChoice, checkRecord, isFinite32 } from './check-values.js';
import { largestScore, squaredCosineOfScores } from './class-scores.js';
import { extendWeights, labelWeighting } from './class-weighting.js';
import { describeValue } from './describe-value.js';
import { extendPrototypes } from './extend-prototypes.js';
import type { Head } from './head.js';
import type { ClassWeighting, JointConfiguration } from './head-configuration.js';
import { keptTensor } from './kept-tensor.js';
import { prototypesToJSON } from './prototypes-configuration.js';
import type { Prototypes } from '@hyperspherical/prototypes';
import { scaledTargets } from './scaled-targets.js';
import { checkTargetShape, targetColumns } from './target-columns.js';
import { withEmptyBatches } from './with-empty-batches.js';

/** What a joint head is made of. */
export interface JointHeadOptions extends ClassWeighting {
  /** One unit row a class. The network puts out one dimension more in the separate layout, as many in the shared one. */
  readonly prototypes: Prototypes;
  /** What the poles stand for, in the value's own unit. See `boundsFromTargets`. */
  readonly bounds: Bounds;
  /**
   * How much each task counts: at least 0, not both 0. Default `{ classification: 0.25, regression: 0.75 }`, where the
   * paper's table has both its best accuracy and its lowest error.
   */
  readonly weights?: JointWeights;
  /**
   * Default `'separate'`, the paper's text: the value is told by the first axis, classes by the others. `'shared'`:
   * classes and pole share the whole space.
   */
  readonly layout?: JointLayout;
  /** Default true: values beyond the bounds count as the bound, predictions stay within. */
  readonly clamp?: boolean;
}

/** A label and a value for each example: int32 `[batch]` and `[batch]`. */
export interface JointTensors {
  [task: string]: Tensor1D;
  labels: Tensor1D;
  values: Tensor1D;
}

/** Classification and regression from one output. Targets and predictions are `{ labels, values }`. */
export interface JointHead extends Head<JointTensors, JointTensors> {
  readonly kind: 'joint';
  toJSON(): JointConfiguration;
  readonly prototypes: Prototypes;
  readonly bounds: Bounds;
  /** The same head with further classes after its own; the network stays as it is. */
  extend(prototypes: Prototypes): JointHead;
}

/**
 * The joint head of hyperspherical prototype networks: one output tells a class and a value. Scores are one column a
 * class, then the cosine with the upper pole.
 *
 * @throws {RangeError} if prototypes, bounds or weights are out of range
 * @see Mettes, van der Pol and Snoek, Hyperspherical Prototype Networks, NeurIPS 2019, section 2.3
 * @example
 * const head = jointHead({ prototypes, bounds: boundsFromTargets(years) });
 * const { labels, values } = head.predict(network(images));
 */
export function jointHead(options: JointHeadOptions): JointHead {
  const { bounds, layout = 'separate', clamp = true } = options;
  const { weights = { classification: 0.25, regression: 0.75 } } = options;
  const prototypes = checkPrototypes(options.prototypes);
  checkBounds(bounds);
  checkWeights(weights);
  checkChoice('layout', layout, ['separate', 'shared']);
  checkBoolean('clamp', clamp);
  const kind = 'joint';
  const { classes, dimensions, values: prototypeValues } = prototypes;
  const outputDimensions = layout === 'separate' ? dimensions + 1 : dimensions;
  const weighting = labelWeighting(options, classes);
  const scaling = scaledTargets([bounds], clamp);
  const rows = keptTensor(() => tensor2d(prototypeValues, [classes, dimensions]));

  const positions = (values: Tensor1D, batch: number) =>
    reshape<Rank.R1>(scaling.toPositions(targetColumns(values, batch, 1, false)), [batch]);
  const scores = (outputs: Tensor2D) => {
    checkOutputs(kind, outputs, outputDimensions);
    return tidy(() => {
      const unit = normaliseRows(outputs);
      const classRows = layout === 'separate' ? normaliseRows(slice(outputs, [0, 1], [-1, -1])) : unit;
      return concat([matMul<Tensor2D>(classRows, rows.get(), false, true), slice(unit, [0, 0], [-1, 1])], 1);
    });
  };
  const predictionOfScores = (cosines: Tensor2D): JointTensors => {
    checkScores(kind, cosines, classes + 1);
    return tidy(() => ({
      labels: largestScore(slice(cosines, [0, 0], [-1, classes])),
      values: reshape<Rank.R1>(scaling.toValues(slice(cosines, [0, classes], [-1, 1])), [-1]),
    }));
  };
  const head: JointHead = {
    kind,
    prototypes,
    bounds,
    outputDimensions,
    scoreColumns: classes + 1,
    variables: [],
    trainableVariables: [],
    loss: (outputs, { labels, values }) => {
      checkOutputs(kind, outputs, outputDimensions);
      checkLabelShape(labels, outputs.shape[0]);
      return tidy(() =>
        jointCosineLoss(
          outputs,
          { labels, values: positions(values, outputs.shape[0]) },
          { ...weighting.options(), prototypes: rows.get(), weights, layout },
        ),
      );
    },
    scores,
    predict: (outputs) => tidy(() => predictionOfScores(scores(outputs))),
    lossOfScores: (cosines, { labels, values }) => {
      checkScores(kind, cosines, classes + 1);
      const [batch] = cosines.shape;
      checkLabelShape(labels, batch);
      return tidy(() => {
        const ofClasses = slice(cosines, [0, 0], [-1, classes]);
        const classification = weighting.weigh(
          squaredCosineOfScores(ofClasses, weighting.counted(labels)),
          labels,
        );
        const ofPole = squeeze<Tensor1D>(slice(cosines, [0, classes], [-1, 1]), [1]);
        const regression = square(sub<Tensor1D>(positions(values, batch), ofPole));
        return add(mul(classification, weights.classification), mul(regression, weights.regression));
      });
    },
    predictionOfScores,
    extend: (added) =>
      jointHead({
        ...options,
        ...extendWeights(options, added.classes),
        prototypes: extendPrototypes(prototypes, added),
      }),
    toJSON: () => ({
      kind,
      prototypes: prototypesToJSON(prototypes),
      bounds,
      weights,
      layout,
      clamp,
      ...weighting.json,
    }),
    dispose: () => {
      for (const constant of [rows, scaling, weighting]) constant.dispose();
    },
  };
  return withEmptyBatches(head, {
    check: ({ labels, values }) => {
      checkLabelShape(labels, 0);
      checkTargetShape(values, 0, 1, false);
    },
    prediction: () => ({ labels: tensor1d([], 'int32'), values: tensor1d([], 'float32') }),
  });
}

function checkWeights(weights: JointWeights): void {
  checkRecord('weights', weights);
  const { classification, regression } = weights;
  for (const [task, weight] of Object.entries({ classification, regression })) {
    if (!isFinite32(weight) || weight < 0) {
      throw new RangeError(
        `weights.${task} must be a finite number of at least 0, and is ${describeValue(weight)}`,
      );
    }
  }
  if (classification === 0 && regression === 0) throw new RangeError('weights must not both be 0');
}
