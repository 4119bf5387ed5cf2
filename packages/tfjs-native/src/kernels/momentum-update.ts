import type { KernelConfig, Tensor, TensorInfo } from '@tensorflow/tfjs';
import { backendName } from '../engine/backend-name.js';
import { attributesOf, nativeBackendOf } from './attribute.js';

interface MomentumUpdateInputs {
  readonly weight: TensorInfo;
  readonly velocity: TensorInfo;
  readonly gradient: TensorInfo;
  /** Scalars, as tensors: their values may change from step to step. */
  readonly learningRate: TensorInfo;
  readonly momentum: TensorInfo;
  readonly weightDecay: TensorInfo;
}

/**
 * One step of stochastic gradient descent with momentum, as PyTorch computes it, for one variable:
 * `g = gradient + weightDecay weight`, `v = momentum velocity + g`, `w = weight - learningRate v`, or with the attribute
 * `nesterov` `w = weight - learningRate (g + momentum v)`. Outputs w and v.
 *
 * The arithmetic is tfjs's own, operation by operation; what it saves is tfjs's bookkeeping between them.
 */
export const momentumUpdateKernel: KernelConfig = {
  kernelName: 'MomentumUpdate',
  backendName,
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { weight, velocity, gradient, learningRate, momentum, weightDecay } =
      inputs as unknown as MomentumUpdateInputs;
    const native = nativeBackendOf(backend);
    const type = [attributesOf(native).type('T')];
    const made: Tensor[] = [];
    const run = (name: string, left: TensorInfo, right: TensorInfo): Tensor => {
      const result = native.executeSingleOutput(name, type, [left, right]);
      made.push(result);
      return result;
    };
    const decayed = run('AddV2', gradient, run('Mul', weight, weightDecay));
    const newVelocity = run('AddV2', run('Mul', velocity, momentum), decayed);
    const direction =
      attrs?.nesterov === true ? run('AddV2', decayed, run('Mul', newVelocity, momentum)) : newVelocity;
    const newWeight = run('Sub', weight, run('Mul', direction, learningRate));
    for (const tensor of made) if (tensor !== newWeight && tensor !== newVelocity) tensor.dispose();
    return [newWeight, newVelocity];
  },
};
