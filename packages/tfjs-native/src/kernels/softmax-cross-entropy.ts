import {
  engine,
  expandDims,
  mul,
  neg,
  softmax,
  sub,
  sum,
  zerosLike,
  type GradConfig,
  type KernelConfig,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs';
import { backendName } from '../engine/backend-name.js';
import { attributesOf, nativeBackendOf } from './attribute.js';

/** TensorFlow's operation and our kernel have one name. */
export const softmaxCrossEntropyName = 'SoftmaxCrossEntropyWithLogits';
const gradientKernel = 'SoftmaxCrossEntropyGrad';

/**
 * Inputs `logits` and `labels`, both `[batch, classes]` float32; outputs the cross entropy `[batch]`, and
 * `softmax(logits) - labels`, which only the gradient reads.
 */
export const softmaxCrossEntropyKernel: KernelConfig = {
  kernelName: softmaxCrossEntropyName,
  backendName,
  kernelFunc: ({ inputs, backend }) => {
    const { logits, labels } = inputs as { logits: TensorInfo; labels: TensorInfo };
    const native = nativeBackendOf(backend);
    const attributes = attributesOf(native);
    return native.executeMultipleOutputs(
      softmaxCrossEntropyName,
      [attributes.type('T')],
      [logits, labels],
      2,
    );
  },
};

/** `dy (softmax(logits) - labels)`: the last two are given as `difference`, and named for the gradient's own gradient. */
export const softmaxCrossEntropyGradientKernel: KernelConfig = {
  kernelName: gradientKernel,
  backendName,
  kernelFunc: ({ inputs }) => {
    const { dy, difference } = inputs as { dy: Tensor; difference: Tensor };
    const column = expandDims(dy, -1);
    const gradient = mul(column, difference);
    column.dispose();
    return gradient;
  },
};

/** As tfjs has it: the gradient by the labels is minus that by the logits. */
export const softmaxCrossEntropyGradient: GradConfig = {
  kernelName: softmaxCrossEntropyName,
  inputsToSave: ['logits', 'labels'],
  outputsToSave: [false, true],
  gradFunc: (dys, saved) => {
    const [dy] = dys as Tensor[];
    const [logits, labels, difference] = saved as [Tensor, Tensor, Tensor];
    const byLogits = (): Tensor =>
      engine().runKernel<Tensor>(gradientKernel, { dy: dy!, difference, logits, labels });
    return { logits: byLogits, labels: () => neg(byLogits()) };
  },
};

/** The gradient of the gradient, for those who differentiate twice. */
export const softmaxCrossEntropySecondGradient: GradConfig = {
  kernelName: gradientKernel,
  inputsToSave: ['dy', 'difference', 'logits'],
  gradFunc: (upstream, saved) => {
    const [dy, difference, logits] = saved as [Tensor, Tensor, Tensor];
    const scaled = (): Tensor => mul(upstream as Tensor, expandDims(dy, -1));
    return {
      dy: () => sum(mul(upstream as Tensor, difference), -1),
      // What it depends on is named by the logits and labels.
      difference: () => zerosLike(difference),
      logits: () => {
        const shares = softmax(logits);
        return mul(shares, sub(scaled(), sum(mul(scaled(), shares), -1, true)));
      },
      labels: () => neg(scaled()),
    };
  },
};
