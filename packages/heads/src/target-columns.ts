import { type Rank, reshape, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';

/** Targets `[batch]` or `[batch, targets]` as columns; which of the two they must be is `several`. */
export function targetColumns(
  targets: Tensor1D | Tensor2D,
  batch: number,
  count: number,
  several: boolean,
): Tensor2D {
  checkTargetShape(targets, batch, count, several);
  return reshape<Rank.R2>(targets, [batch, count]);
}

/** Throws a RangeError unless targets are `[batch]`, or `[batch, count]` where they are several. */
export function checkTargetShape(
  targets: Tensor1D | Tensor2D,
  batch: number,
  count: number,
  several: boolean,
): void {
  const expected = several ? [batch, count] : [batch];
  if (targets.shape.join() !== expected.join()) {
    throw new RangeError(
      `targets must be [${expected.join(', ')}]; their shape is [${targets.shape.join(', ')}]`,
    );
  }
}

/** Columns as predictions: `[batch, targets]`, or `[batch]` for a single target that is no list. */
export function predictionShape(columns: Tensor2D, several: boolean): Tensor1D | Tensor2D {
  return several ? columns : reshape<Rank.R1>(columns, [-1]);
}
