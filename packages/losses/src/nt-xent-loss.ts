import { cast, concat, onesLike, range, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { checkPositive } from './check-number.js';
import { checkMatrix, checkSameShape } from './check-shapes.js';
import { contrastiveValues } from './contrastive-values.js';
import { normaliseRows } from './normalise-rows.js';
import { ofNothing } from './of-nothing.js';
import type { ContrastiveOptions } from './supervised-contrastive-loss.js';

/**
 * NT-Xent, SimCLR's loss: of two views of each example, each view is to be told from all other rows of both views by
 * its cosine with its partner: `-log( exp(u_i v_i / t) / sum_{all but itself} exp(u_i w / t) )`.
 *
 * Both sides are normalised here.
 *
 * @param outputs - first views, `[batch, dimensions]`, any length
 * @param others - second views, row by row those of the same examples, `[batch, dimensions]`
 * @returns `[2 batch]`: the first views as anchors, then the second
 * @throws {RangeError} if a shape does not fit or the temperature is not above 0
 * @see Chen et al., SimCLR, ICML 2020, equation 1
 * @example
 * reduce(ntXentLoss(outputs, others, { temperature: 0.5 }), 'mean');
 */
export function ntXentLoss(
  outputs: Tensor2D,
  others: Tensor2D,
  { temperature = 0.5 }: ContrastiveOptions = {},
): Tensor1D {
  checkMatrix('outputs', outputs);
  checkSameShape('outputs', outputs, 'others', others);
  checkPositive('temperature', temperature);
  if (outputs.shape[0] === 0) return ofNothing([outputs, others], [0]);
  return tidy(() => {
    const unit = concat([normaliseRows(outputs), normaliseRows(others)]);
    const example = range(0, outputs.shape[0], 1, 'int32');
    const labels = concat([example, example]);
    return contrastiveValues(unit, labels, cast(onesLike(labels), 'float32'), temperature);
  });
}
