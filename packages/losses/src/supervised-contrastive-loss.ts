import {
  div,
  greater,
  maximum,
  sum,
  cast,
  type Tensor1D,
  type Tensor2D,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import { checkPositive } from './check-number.js';
import { checkLabelTensor, checkMatrix } from './check-shapes.js';
import { contrastiveValues, positiveCounts } from './contrastive-values.js';
import { normaliseRows } from './normalise-rows.js';

/** Options of `supervisedContrastiveLoss` and `ntXentLoss`. */
export interface ContrastiveOptions {
  /** What cosines are divided by, above 0. Default 0.07 (Khosla et al.) for labels, 0.5 (SimCLR on CIFAR-10) for NT-Xent. */
  readonly temperature?: number;
}

/**
 * The supervised contrastive loss (L_out): for each anchor i, the mean over the others of its class, p in P(i), of
 * `-log( exp(u_i u_p / t) / sum_{j != i} exp(u_i u_j / t) )`.
 *
 * Outputs are normalised here. An anchor that is alone in its class has no loss of its own and is left out: its place
 * in the result holds the mean of the anchors that have one (0 if none has), so that it changes neither the mean of
 * the result nor the gradient of that mean.
 *
 * @param outputs - `[batch, dimensions]`, any length; at least 2 rows
 * @param labels - int32 `[batch]`
 * @returns `[batch]`, one value an anchor
 * @throws {RangeError} if a shape does not fit or the temperature is not above 0
 * @see Khosla et al., Supervised Contrastive Learning, NeurIPS 2020, equation 2
 * @example
 * reduce(supervisedContrastiveLoss(outputs, labels, { temperature: 0.1 }), 'mean');
 */
export function supervisedContrastiveLoss(
  outputs: Tensor2D,
  labels: Tensor1D,
  { temperature = 0.07 }: ContrastiveOptions = {},
): Tensor1D {
  checkMatrix('outputs', outputs);
  const [batch] = outputs.shape;
  checkLabelTensor(labels, batch);
  checkPositive('temperature', temperature);
  if (batch < 2) throw new RangeError(`outputs must have at least 2 rows, and have ${batch}`);
  return tidy(() => {
    const positives = positiveCounts(labels);
    const values = contrastiveValues(normaliseRows(outputs), labels, positives, temperature);
    const counts = greater(positives, 0);
    const mean = div<Tensor1D>(sum(values), maximum(sum(cast(counts, 'float32')), 1));
    return where(counts, values, mean);
  });
}
