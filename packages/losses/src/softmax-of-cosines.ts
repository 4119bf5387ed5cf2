import {
  cast,
  mul,
  neg,
  oneHot,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { labelCrossEntropy } from './label-cross-entropy.js';

/** The angle of each example with its right class, `[rows, 1]` both. */
export interface OwnAngle {
  readonly cosine: Tensor;
  readonly squaredSine: Tensor;
}

/** A right cosine after its margin, and the derivatives by the cosine before it and by the margin; all `[rows, 1]`. */
export interface ChangedCosine {
  readonly value: Tensor;
  readonly slope: Tensor;
  readonly slopeOfMargin: Tensor;
}

/** What a margin, one number or `[rows, 1]`, makes of the cosine with the right class. */
export type MarginChange = (own: OwnAngle, margin: number | Tensor) => ChangedCosine;

/** Cross entropy of a block of rows, `[rows]`, and what its gradient needs. */
export interface SoftmaxBlock {
  readonly values: Tensor1D;
  /** `[rows, classes]` */
  readonly probabilities: Tensor;
  /** Bool `[rows, classes]`. */
  readonly isLabel: Tensor;
  /** The gradient by the cosine with the right class, `[rows, 1]`; this and the next without the scale. */
  readonly ofOwn: Tensor;
  /** The gradient by the margin, `[rows, 1]`. */
  readonly ofMargin: Tensor;
}

/**
 * Cross entropy of softmax over scaled cosines `[rows, classes]`.
 *
 * @param changed - what takes the place of the cosine with the right class; default: nothing
 */
export function softmaxOfCosines(
  cosines: Tensor2D,
  labels: Tensor1D,
  scale: number,
  changed?: ChangedCosine,
): SoftmaxBlock {
  const isLabel = cast(oneHot(labels, cosines.shape[1]), 'bool');
  const logits = mul<Tensor2D>(changed ? where(isLabel, changed.value, cosines) : cosines, scale);
  const { values, probabilities, missing } = labelCrossEntropy(logits, isLabel);
  const ofChanged = neg(missing);
  return {
    values,
    probabilities,
    isLabel,
    ofOwn: changed ? mul(ofChanged, changed.slope) : ofChanged,
    ofMargin: changed ? mul(ofChanged, changed.slopeOfMargin) : zerosLike(ofChanged),
  };
}
