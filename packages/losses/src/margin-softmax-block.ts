import {
  abs,
  add,
  cast,
  expandDims,
  gather,
  greater,
  matMul,
  mul,
  slice,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  where,
} from '@tensorflow/tfjs-core';
import type { RowBlock } from './row-blocks.js';
import {
  type MarginChange,
  type OwnAngle,
  type SoftmaxBlock,
  softmaxOfCosines,
} from './softmax-of-cosines.js';
import { tangent } from './tangent.js';

/** What a block is computed from: unit rows, unit prototypes, labels, and the rows' margins `[rows, 1]` if they differ. */
export type BlockInputs = readonly [Tensor2D, Tensor2D, Tensor1D, Tensor2D?];

/** How cosines become logits. */
export interface SoftmaxRule {
  readonly scale: number;
  /** Default: the cosine with the right class stays as it is. */
  readonly change?: MarginChange | undefined;
  /** The margin, where it is one for all rows. */
  readonly margin?: number | undefined;
}

/** The inputs of some rows. */
export function inputsOf(
  [rows, prototypes, labels, margins]: BlockInputs,
  { start, size }: RowBlock,
): BlockInputs {
  const some = [slice(rows, start, size), prototypes, slice(labels, start, size)] as const;
  return margins ? [...some, slice(margins, start, size)] : some;
}

/** Cross entropy of a block. */
export function softmaxBlock(inputs: BlockInputs, { scale, change, margin = 0 }: SoftmaxRule): SoftmaxBlock {
  const [rows, prototypes, labels, margins] = inputs;
  const cosines = matMul<Tensor2D>(rows, prototypes, false, true);
  const changed = change?.(ownAngle(rows, gather(prototypes, labels)), margins ?? margin);
  return softmaxOfCosines(cosines, labels, scale, changed);
}

/** The gradients of a block by its rows, by all prototypes and by its margins, from that by its values. */
export function gradientsOfBlock(
  [rows, prototypes, labels]: BlockInputs,
  { probabilities, isLabel, ofOwn, ofMargin }: Omit<SoftmaxBlock, 'values'>,
  { scale, change }: SoftmaxRule,
  gradient: Tensor1D,
): [Tensor, Tensor, Tensor] {
  const factor = mul(expandDims(gradient, -1), scale);
  const ofCosines = mul<Tensor2D>(where(isLabel, change ? 0 : ofOwn, probabilities), factor);
  const [ofRows, ofPrototypes] = [matMul(ofCosines, prototypes), matMul(ofCosines, rows, true, false)];
  if (!change) return [ofRows, ofPrototypes, ofMargin];
  // A margin's slope may be large where the angle is small: a matrix product would not be exact enough.
  const own = gather(prototypes, labels);
  const weight = mul(ofOwn, factor);
  const ofOwnPrototypes = matMul(cast(isLabel, 'float32'), mul(tangent(own, rows), weight), true, false);
  return [
    add(ofRows, mul(tangent(rows, own), weight)),
    add(ofPrototypes, ofOwnPrototypes),
    mul(ofMargin, factor),
  ];
}

/** The angle between unit rows, from their difference and sum, which are exact where cosines near +-1 are not. */
function ownAngle(rows: Tensor, own: Tensor): OwnAngle {
  const squaredHalf = (vectors: Tensor): Tensor => mul(sum(square(vectors), -1, true), 0.25);
  const apart = squaredHalf(sub(rows, own));
  const near = squaredHalf(add(rows, own));
  const cosine = sub(near, apart);
  // The first form would not do for zero rows, whose cosine is 0.
  const squaredSine = where(greater(abs(cosine), 0.5), mul(mul(apart, near), 4), sub(1, square(cosine)));
  return { cosine, squaredSine };
}
