import { expandDims, mul, sub, type Tensor, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { angularMargin } from './arc-face-loss.js';
import { checkPositive } from './check-number.js';
import { checkLabelTensor, checkMatrix } from './check-shapes.js';
import { cosineMargin } from './cos-face-loss.js';
import { checkLabelOptions, countedLabels, type LabelOptions, weighed } from './example-weights.js';
import { checkMargin, type MarginSize } from './margin-of-labels.js';
import { softmaxOfCosines } from './margin-softmax.js';
import { ownGradient } from './own-gradient.js';

/** Options of `cosineScoresLoss`. */
export interface CosineScoresOptions extends LabelOptions {
  /** Which of the three losses over cosines. */
  readonly loss: 'cosine-softmax' | 'cosface' | 'arcface';
  /** What cosines are multiplied by before softmax, above 0. */
  readonly scale: number;
  /** The margin, for CosFace a cosine, for ArcFace an angle. Default 0. */
  readonly margin?: MarginSize;
}

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
  checkMargin(margin, classes, loss === 'arcface' ? Math.PI : undefined);
  const change = {
    'cosine-softmax': undefined,
    cosface: cosineMargin(margin),
    arcface: angularMargin(margin),
  };
  return tidy(() => {
    const counted = countedLabels(labels, options.ignoredLabel);
    const values = ownGradient<Tensor1D>([cosines], {
      forward: (save) => {
        const block = softmaxOfCosines(cosines, counted, scale, change[loss]);
        save([block.probabilities, block.isLabel, block.share]);
        return block.values;
      },
      backward: (gradient, saved) => {
        const [probabilities, isLabel, share] = saved as [Tensor, Tensor, Tensor];
        return [mul(sub(probabilities, mul(isLabel, share)), mul(expandDims(gradient, -1), scale))];
      },
    });
    return weighed(values, labels, options);
  });
}
