import {
  add,
  gather,
  mul,
  ones,
  type Rank,
  slice,
  type Tensor1D,
  type Tensor2D,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import { checkNotNegative } from './check-number.js';
import { checkLabelTensor, checkMatrix, checkVector } from './check-shapes.js';
import { cosineRegressionLoss } from './cosine-regression-loss.js';
import { checkLabelOptions, countedLabels, type LabelOptions, weighed } from './example-weights.js';
import { ofNothing } from './of-nothing.js';
import { oneHotFloats } from './one-hot-floats.js';
import { squaredCosineLoss } from './squared-cosine-loss.js';

/** What both tasks ask of each example. */
export interface JointTargets {
  /** int32 `[batch]`, from 0 to classes - 1. */
  readonly labels: Tensor1D;
  /** `[batch]`, each from -1 to 1. */
  readonly values: Tensor1D;
}

/** How much each task counts: at least 0, not both 0. */
export interface JointWeights {
  readonly classification: number;
  readonly regression: number;
}

/**
 * Where the classes live. `'separate'`, the paper's text: the pole is the first axis, and classes are told by the other
 * axes alone. `'shared'`: classes and pole share the whole space, and pull at the same direction.
 */
export type JointLayout = 'separate' | 'shared';

/** Options of `jointCosineLoss`. */
export interface JointCosineOptions extends LabelOptions {
  /** One vector a class: `[classes, dimensions - 1]` in the separate layout, `[classes, dimensions]` in the shared one. */
  readonly prototypes: Tensor2D;
  /**
   * The paper tables one weight w, best at 0.25; its text calls it that of regression, but its trend and code are those of
   * `{ classification: w, regression: 1 - w }`.
   */
  readonly weights: JointWeights;
  /** Default `'separate'`. */
  readonly layout?: JointLayout;
}

/**
 * The joint loss of hyperspherical prototype networks, classification and regression from one output:
 * `w_r (r_i - cos(z_i, e_0))^2 + w_c (1 - cos(z_i', p_y))^2`, z' being `z[1:]` in the separate layout and z in the
 * shared one.
 *
 * Outputs and prototypes are normalised here, targets are not. Class weights and an ignored label concern the
 * classification alone.
 *
 * @param outputs - `[batch, dimensions]`, any length
 * @returns `[batch]`
 * @throws {RangeError} if a shape does not fit, or weights are negative or both 0
 * @see Mettes, van der Pol and Snoek, Hyperspherical Prototype Networks, NeurIPS 2019, section 2.3
 * @example
 * jointCosineLoss(outputs, { labels, values }, { prototypes, weights: { classification: 0.25, regression: 0.75 } });
 */
export function jointCosineLoss(
  outputs: Tensor2D,
  { labels, values }: JointTargets,
  options: JointCosineOptions,
): Tensor1D {
  const { prototypes, weights, layout = 'separate' } = options;
  checkMatrix('outputs', outputs);
  const [batch, dimensions] = outputs.shape;
  if (!['separate', 'shared'].includes(layout)) {
    throw new RangeError(`layout is ${JSON.stringify(layout)}; it can be separate or shared`);
  }
  if (layout === 'separate' && dimensions < 2) {
    throw new RangeError(
      `outputs must have at least 2 columns in the separate layout, and have ${dimensions}`,
    );
  }
  checkMatrix('prototypes', prototypes, layout === 'separate' ? dimensions - 1 : dimensions);
  checkLabelTensor(labels, batch);
  checkVector('values', values, batch);
  checkLabelOptions(options, prototypes.shape[0]);
  checkJointWeights(weights);
  if (batch === 0) return ofNothing([outputs, values, prototypes], [0]);
  return tidy(() => {
    const pole =
      dimensions === 1 ? ones<Rank.R1>([1]) : oneHotFloats<Rank.R1>(zeros([], 'int32'), dimensions);
    const regression = cosineRegressionLoss(outputs, values, { pole });
    const classRows = layout === 'separate' ? slice(outputs, [0, 1], [-1, -1]) : outputs;
    const targets = gather(prototypes, countedLabels(labels, options.ignoredLabel));
    const classification = weighed(squaredCosineLoss(classRows, targets), labels, options);
    return add(mul(regression, weights.regression), mul(classification, weights.classification));
  });
}

/** Throws a RangeError unless both weights are at least 0 and one is above. */
export function checkJointWeights({ classification, regression }: JointWeights): void {
  checkNotNegative('weights.classification', classification);
  checkNotNegative('weights.regression', regression);
  if (classification === 0 && regression === 0) throw new RangeError('weights must not both be 0');
}
