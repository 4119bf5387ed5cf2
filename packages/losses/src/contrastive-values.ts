import {
  addN,
  cast,
  concat,
  equal,
  exp,
  expandDims,
  log,
  logicalAnd,
  logicalNot,
  matMul,
  max,
  mul,
  oneHot,
  range,
  slice,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
  where,
  div,
  maximum,
} from '@tensorflow/tfjs-core';
import { ownGradient } from './own-gradient.js';
import { rowBlocks } from './row-blocks.js';

/**
 * For each anchor, `log sum_{j != i} exp(s_ij) - mean_{p in P(i)} s_ip`, with `s = u u' / temperature` and P(i) the
 * other rows of the same label; 0 for an anchor without one. The `[batch, batch]` matrix exists a block of rows at a
 * time.
 *
 * @param unit - unit rows, `[batch, dimensions]`
 * @param positives - how many other rows share each row's label, `[batch]`
 */
export function contrastiveValues(
  unit: Tensor2D,
  labels: Tensor1D,
  positives: Tensor1D,
  temperature: number,
): Tensor1D {
  const [batch] = unit.shape;
  const blocks = rowBlocks(batch, batch);
  const block = (all: Tensor2D, allLabels: Tensor1D, allPositives: Tensor1D, start: number, size: number) => {
    const rows = slice(all, start, size);
    const isSelf = selfMask(batch, start, size);
    const similarity = div(matMul(rows, all, false, true), temperature);
    const shifted = sub(similarity, max(where(isSelf, -Infinity, similarity), -1, true));
    const logSum = log(sum(where(isSelf, 0, exp(shifted)), -1, true));
    const count = expandDims(slice(allPositives, start, size), -1);
    const lacks = cast(equal(count, 0), 'float32');
    const isPositive = logicalAnd(
      equal(expandDims(slice(allLabels, start, size), -1), expandDims(allLabels, 0)),
      logicalNot(isSelf),
    );
    const share = div(cast(isPositive, 'float32'), maximum(count, 1));
    return { rows, isSelf, shifted, logSum, share, counts: sub(1, lacks) };
  };
  return ownGradient<Tensor1D>([unit], {
    forward: (save) => {
      save([unit, labels, positives]);
      return concat(
        blocks.map(({ start, size }) =>
          tidy(() => {
            const { shifted, logSum, share, counts } = block(unit, labels, positives, start, size);
            return sum<Tensor1D>(sub(mul(logSum, counts), sum(mul(share, shifted), -1, true)), -1);
          }),
        ),
      );
    },
    backward: (gradient, saved) => {
      const [all, allLabels, allPositives] = saved as [Tensor2D, Tensor1D, Tensor1D];
      const parts = blocks.map(({ start, size }) =>
        tidy(() => {
          const { rows, isSelf, shifted, logSum, share, counts } = block(
            all,
            allLabels,
            allPositives,
            start,
            size,
          );
          const probabilities = where(isSelf, 0, exp(sub(shifted, logSum)));
          const factor = div(expandDims(slice(gradient, start, size), -1), temperature);
          const ofSimilarity = mul<Tensor2D>(sub(mul(probabilities, counts), share), factor);
          return [matMul(ofSimilarity, all), matMul(ofSimilarity, rows, true, false)] as [Tensor, Tensor];
        }),
      );
      return [addN([concat(parts.map(([asAnchor]) => asAnchor)), ...parts.map(([, asOther]) => asOther)])];
    },
  });
}

/** True where row and column are the same example, `[size, batch]`. */
export function selfMask(batch: number, start: number, size: number): Tensor2D {
  return tidy(() => cast(oneHot(range(start, start + size, 1, 'int32'), batch) as Tensor2D, 'bool'));
}

/** How many other rows share each row's label, `[batch]` float32. */
export function positiveCounts(labels: Tensor1D): Tensor1D {
  const [batch] = labels.shape;
  return tidy(() =>
    concat(
      rowBlocks(batch, batch).map(({ start, size }) =>
        tidy(() => {
          const same = equal(expandDims(slice(labels, start, size), -1), expandDims(labels, 0));
          return sub<Tensor1D>(sum(cast(same, 'float32'), -1), 1);
        }),
      ),
    ),
  );
}
