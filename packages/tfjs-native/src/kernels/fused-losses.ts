import {
  add,
  cast,
  engine,
  losses,
  mul,
  tidy,
  type Reduction,
  type Tensor,
  type TensorLike,
} from '@tensorflow/tfjs';
import { isTensor } from '../compile/tensor-tree.js';
import { hasKernel } from './has-kernel.js';
import { softmaxCrossEntropyName } from './softmax-cross-entropy.js';

type SoftmaxCrossEntropy = (
  labels: TensorLike | Tensor,
  logits: TensorLike | Tensor,
  weights?: TensorLike | Tensor,
  labelSmoothing?: number,
  reduction?: Reduction,
) => Tensor;

/**
 * Replaces `tf.losses.softmaxCrossEntropy`, about twenty operations in both directions, by one where the backend has it.
 * It is no kernel of tfjs, and thus not in its registry; what it takes and gives stays.
 */
export function registerFusedLosses(): void {
  const replaceable = losses as unknown as { softmaxCrossEntropy: SoftmaxCrossEntropy };
  const plain = replaceable.softmaxCrossEntropy;
  const fused: SoftmaxCrossEntropy = (labels, logits, weights, labelSmoothing = 0, reduction) => {
    if (!(isTensor(labels) && isTensor(logits) && isFusible(labels, logits))) {
      return plain(labels, logits, weights, labelSmoothing, reduction);
    }
    return tidy(() => {
      const [, classes = 1] = logits.shape;
      const targets = cast(labels, 'float32');
      const smooth =
        labelSmoothing > 0 ? add(mul(targets, 1 - labelSmoothing), labelSmoothing / classes) : targets;
      const [values] = engine().runKernel<Tensor[]>(softmaxCrossEntropyName, { logits, labels: smooth });
      return losses.computeWeightedLoss(values!, weights, reduction);
    });
  };
  replaceable.softmaxCrossEntropy = fused;
}

function isFusible(labels: Tensor, logits: Tensor): boolean {
  return (
    logits.rank === 2 &&
    logits.size > 0 &&
    logits.dtype === 'float32' &&
    labels.shape.join() === logits.shape.join() &&
    hasKernel(softmaxCrossEntropyName)
  );
}
