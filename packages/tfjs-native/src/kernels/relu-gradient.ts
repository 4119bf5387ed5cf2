import {
  cast,
  engine,
  mul,
  step,
  zerosLike,
  type GradConfig,
  type KernelConfig,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs';
import { backendName } from '../engine/backend-name.js';
import { attributesOf, nativeBackendOf } from './attribute.js';
import { hasKernel } from './has-kernel.js';

const gradientKernel = 'ReluGrad';

/** dy where the features (ReLU's inputs or its outputs) are positive, 0 elsewhere. */
export const reluGradientKernel: KernelConfig = {
  kernelName: gradientKernel,
  backendName,
  kernelFunc: ({ inputs, backend }) => {
    const { dy, features } = inputs as { dy: TensorInfo; features: TensorInfo };
    const native = nativeBackendOf(backend);
    return native.executeSingleOutput(gradientKernel, [attributesOf(native).type('T')], [dy, features]);
  },
};

/**
 * Replaces tfjs's gradient of `relu`, on every backend: it keeps ReLU's output, which the next layer keeps anyway,
 * instead of its input.
 */
export const reluGradient: GradConfig = {
  kernelName: 'Relu',
  outputsToSave: [true],
  gradFunc: (dy, [y]) => ({ x: () => reluGradientOf(dy as Tensor, y!) }),
};

/** The gradient of the gradient, for those who differentiate twice. */
export const reluSecondGradient: GradConfig = {
  kernelName: gradientKernel,
  inputsToSave: ['features'],
  gradFunc: (dy, [features]) => ({
    dy: () => reluGradientOf(dy as Tensor, features!),
    features: () => zerosLike(features!),
  }),
};

function reluGradientOf(dy: Tensor, features: Tensor): Tensor {
  if (!hasKernel(gradientKernel)) return mul(dy, cast(step(features), 'float32'));
  return engine().runKernel(gradientKernel, { dy, features });
}
