import {
  add,
  cast,
  expandDims,
  mul,
  oneHot,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import { angularMargin } from './arc-face-loss.js';
import { checkPositive } from './check-number.js';
import { checkLabelTensor, checkMatrix } from './check-shapes.js';
import { cosineMargin } from './cos-face-loss.js';
import { checkLabelOptions, countedLabels, type LabelOptions, weighed } from './example-weights.js';
import { checkMargin, marginOfLabels, type MarginSize } from './margin-of-labels.js';
import { ofNothing } from './of-nothing.js';
import { ownGradient } from './own-gradient.js';
import { softmaxOfCosines } from './softmax-of-cosines.js';

/** Options of `cosineScoresLoss`. */
export interface CosineScoresOptions extends LabelOptions {
  /** Which of the three losses over cosines. */
  readonly loss: 'cosine-softmax' | 'cosface' | 'arcface';
  /** What cosines are multiplied by before softmax, above 0. */
  readonly scale: number;
  /** The margin, for CosFace a cosine, for ArcFace an angle. Default 0. */
  readonly margin?: MarginSize;
}

const changes = { 'cosine-softmax': undefined, cosface: cosineMargin, arcface: angularMargin };

/**
 * `cosineSoftmaxLoss`, `cosFaceLoss` or `arcFaceLoss` of cosines that are computed already, as a layer of scores puts
 * them out. Nothing is normalised; prefer the three where the outputs themselves are at hand, since they need no
 * `[batch, classes]` matrix at once.
 *
 * @param cosines - `[batch, classes]`, each from -1 to 1
 * @param labels - int32 `[batch]`, from 0 to classes - 1
 * @returns `[batch]`
 * @throws {RangeError} if a shape does not fit, or scale or margin is out of range
 * @example
 * cosineScoresLoss(cosines, labels, { loss: 'arcface', scale: 64, margin: 0.5 });
 */
export function cosineScoresLoss(
  cosines: Tensor2D,
  labels: Tensor1D,
  options: CosineScoresOptions,
): Tensor1D {
  const { loss, scale, margin = 0 } = options;
  checkMatrix('cosines', cosines);
  const [batch, classes] = cosines.shape;
  checkLabelTensor(labels, batch);
  checkLabelOptions(options, classes);
  checkPositive('scale', scale);
  if (!Object.hasOwn(changes, loss)) {
    throw new RangeError(`loss is ${JSON.stringify(loss)}; it can be ${Object.keys(changes).join(', ')}`);
  }
  checkMargin(margin, classes, loss === 'arcface' ? Math.PI : undefined);
  if (batch === 0) return ofNothing([cosines], [0]);
  const change = changes[loss];
  return tidy(() => {
    const counted = countedLabels(labels, options.ignoredLabel);
    const size = marginOfLabels(margin, counted);
    const margins = typeof size === 'object' ? [size] : [];
    const values = ownGradient<Tensor1D>([cosines, ...margins], {
      forward: (save) => {
        const cosine = sum(where(cast(oneHot(counted, classes), 'bool'), cosines, 0), -1, true);
        const squaredSine = mul(sub(1, cosine), add(1, cosine));
        const block = softmaxOfCosines(cosines, counted, scale, change?.({ cosine, squaredSine }, size));
        save([block.probabilities, block.isLabel, block.ofOwn, block.ofMargin]);
        return block.values;
      },
      backward: (gradient, saved) => {
        const [probabilities, isLabel, ofOwn, ofMargin] = saved as [Tensor, Tensor, Tensor, Tensor];
        const factor = mul(expandDims(gradient, -1), scale);
        const ofCosines = mul(where(isLabel, ofOwn, probabilities), factor);
        return [ofCosines, ...margins.map(() => mul(ofMargin, factor))];
      },
    });
    return weighed(values, labels, options);
  });
}
