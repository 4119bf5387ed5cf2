import { add, mul, relu, sign, tidy, type KernelConfig, type Tensor } from '@tensorflow/tfjs';
import { backendName } from '../engine/backend-name.js';

/**
 * Replaces tfjs-node's kernel of `step`, on which the gradients of `abs`, `relu6`, `prelu` and others rest: it fills
 * two tensors in JavaScript and calls five operations. The sign is 1, 0 or -1, or NaN of NaN; without its negative part
 * it is the step with `alpha` 0, and twice that less 1 the step with -1, both exactly.
 *
 * @param plain the kernel of tfjs-node, which goes on serving other alphas and types
 */
export function stepKernel(plain: KernelConfig): KernelConfig {
  return {
    kernelName: 'Step',
    backendName,
    kernelFunc: (given) => {
      const x = given.inputs.x as Tensor;
      const alpha = (given.attrs as { alpha: number }).alpha;
      if (x.dtype !== 'float32' || (alpha !== 0 && alpha !== -1)) return plain.kernelFunc(given);
      return tidy(() => {
        const positive = relu(sign(x));
        return alpha === 0 ? positive : add(mul(positive, 2), -1);
      });
    },
  };
}
