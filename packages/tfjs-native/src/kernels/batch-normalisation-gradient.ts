import {
  add,
  engine,
  getGradient,
  mul,
  rsqrt,
  sub,
  sum,
  type GradConfig,
  type KernelConfig,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs';
import { backendName } from '../engine/backend-name.js';
import { attributesOf, nativeBackendOf } from './attribute.js';
import { hasKernel } from './has-kernel.js';

const kernelName = 'FusedBatchNormInferenceGrad';

/**
 * The gradients of tfjs's `batchNorm` by x, scale and offset for given `mean` and `variance`, each `[channels]`, in one
 * pass over x `[batch, height, width, channels]`.
 */
export const batchNormalisationGradientKernel: KernelConfig = {
  kernelName,
  backendName,
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { dy, x, scale, mean, variance } = inputs as Record<string, TensorInfo>;
    const native = nativeBackendOf(backend);
    const attributes = attributesOf(native);
    const [dx, scaleGradient, offsetGradient, ...unused] = native.executeMultipleOutputs(
      'FusedBatchNormGradV3',
      [
        attributes.type('T'),
        attributes.type('U'),
        attributes.float('epsilon', attrs!.epsilon as number),
        attributes.string('data_format', 'NHWC'),
        attributes.boolean('is_training', false),
      ],
      // The last reserve means something in training only.
      [dy!, x!, scale!, mean!, variance!, variance!],
      5,
    );
    for (const tensor of unused) tensor.dispose();
    return [dx!, scaleGradient!, offsetGradient!];
  },
};

/**
 * Replaces tfjs's gradient of `batchNorm`, about fifteen passes over x, where the backend has the kernel: the
 * gradients by mean and variance follow from those by offset and scale.
 */
export const batchNormalisationGradient: GradConfig = replaceGradient();

function replaceGradient(): GradConfig {
  const plain = getGradient('FusedBatchNorm');
  return {
    ...plain,
    gradFunc: (dy, saved, attrs) => {
      const [x, mean, variance, scale] = saved as [Tensor, Tensor, Tensor, Tensor];
      if (!hasKernel(kernelName) || mean.rank !== 1) return plain.gradFunc(dy, saved, attrs);
      const epsilon = attrs.varianceEpsilon as number;
      // One operation for all, before tfjs asks for each of them in a scope of its own.
      const [dx, scaleGradient, offsetGradient] = engine().runKernel<Tensor[]>(
        kernelName,
        { dy: dy as Tensor, x, scale, mean, variance },
        { epsilon },
      );
      const inverse = rsqrt(add(variance, epsilon));
      return {
        x: () => dx!,
        scale: () => scaleGradient!,
        offset: () => offsetGradient!,
        mean: () => mul(mul(mul(offsetGradient!, scale), inverse), -1),
        variance: () => mul(mul(mul(scaleGradient!, scale), mul(inverse, inverse)), -0.5),
      };
    },
  };
}

/** The gradient of the gradient in plain operations, for those who differentiate twice. */
export const batchNormalisationSecondGradient: GradConfig = {
  kernelName,
  inputsToSave: ['dy', 'x', 'scale', 'mean', 'variance'],
  gradFunc: (upstream, saved, attrs) => {
    const [byX, byScale, byOffset] = upstream as [Tensor, Tensor, Tensor];
    const [dy, x, scale, mean, variance] = saved as [Tensor, Tensor, Tensor, Tensor, Tensor];
    const inverse = rsqrt(add(variance, attrs.epsilon as number));
    const centred = sub(x, mean);
    const overPixels = (values: Tensor): Tensor => sum(values, [0, 1, 2]);
    return {
      dy: () => add(add(mul(byX, mul(scale, inverse)), mul(centred, mul(byScale, inverse))), byOffset),
      x: () => mul(dy, mul(byScale, inverse)),
      scale: () => mul(overPixels(mul(byX, dy)), inverse),
      mean: () => mul(mul(mul(byScale, inverse), overPixels(dy)), -1),
      variance: () => {
        const byInverse = add(
          mul(overPixels(mul(byX, dy)), scale),
          mul(byScale, overPixels(mul(dy, centred))),
        );
        return mul(mul(byInverse, mul(inverse, mul(inverse, inverse))), -0.5);
      },
    };
  },
};
