import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { type CosineClassesOptions, marginSoftmax } from './margin-softmax.js';

/** Options of `cosineSoftmaxLoss`. */
export interface CosineSoftmaxOptions extends CosineClassesOptions {
  /**
   * What cosines are multiplied by before softmax; 1 / temperature. Default 16. Cosines lie within -1..1, so a small
   * scale keeps even perfect answers improbable: see `minimumScale`.
   */
  readonly scale?: number;
}

/**
 * Cross entropy of softmax over scaled cosines: `-log softmax(s cos(z_i, p_k))[y_i]`, "normalised softmax".
 *
 * Outputs and prototypes are normalised here. A zero output has cosine 0 with every class, so value log(classes) and
 * gradient 0.
 *
 * @param outputs - `[batch, dimensions]`, any length
 * @param labels - int32 `[batch]`, from 0 to classes - 1
 * @returns `[batch]`
 * @throws {RangeError} if a shape does not fit or the scale is not above 0
 * @see Wang et al., NormFace, ACM Multimedia 2017
 * @example
 * cosineSoftmaxLoss(outputs, labels, { prototypes, scale: 16 });
 */
export function cosineSoftmaxLoss(
  outputs: Tensor2D,
  labels: Tensor1D,
  options: CosineSoftmaxOptions,
): Tensor1D {
  return marginSoftmax(outputs, labels, { ...options, scale: options.scale ?? 16 });
}
