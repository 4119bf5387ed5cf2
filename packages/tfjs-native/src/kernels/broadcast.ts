import {
  div,
  engine,
  getGradient,
  reshape,
  sum,
  tensor1d,
  util,
  type GradConfig,
  type KernelConfig,
  type NamedAttrMap,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs';
import { backendName } from '../engine/backend-name.js';
import { attributesOf, nativeBackendOf } from './attribute.js';
import { hasKernel } from './has-kernel.js';

const broadcastKernelName = 'BroadcastTo';

/** Repeats x along its axes of length 1 until it has the attribute `shape`, of the same rank. */
export const broadcastKernel: KernelConfig = {
  kernelName: broadcastKernelName,
  backendName,
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x } = inputs as { x: TensorInfo };
    const native = nativeBackendOf(backend);
    const attributes = attributesOf(native);
    const shape = tensor1d(attrs!.shape as number[], 'int32');
    const result = native.executeSingleOutput(
      broadcastKernelName,
      [attributes.type('T'), attributes.type('Tidx', 'int32')],
      [x, shape],
    );
    shape.dispose();
    return result;
  },
};

/** Sums over the axes that were repeated. */
export const broadcastGradient: GradConfig = {
  kernelName: broadcastKernelName,
  inputsToSave: ['x'],
  gradFunc: (dy, saved) => {
    const [x] = saved as [Tensor];
    const axes = x.shape.flatMap((size, axis) => (size === 1 ? [axis] : []));
    return { x: () => sum(dy as Tensor, axes, true) };
  },
};

/** Replaces tfjs's gradient of `sum`, which multiplies by ones as large as x, where the backend can broadcast. */
export const sumGradient: GradConfig = spreadingGradient('Sum', () => 1);

/** The same for `mean`, whose gradient divides besides. */
export const meanGradient: GradConfig = spreadingGradient('Mean', (x, axes) =>
  axes.reduce((product, axis) => product * x.shape[axis]!, 1),
);

function spreadingGradient(kernelName: string, share: (x: Tensor, axes: number[]) => number): GradConfig {
  const plain = getGradient(kernelName);
  return {
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (dys, saved, attrs: NamedAttrMap) => {
      const dy = dys as Tensor;
      const [x] = saved as [Tensor];
      if (!hasKernel(broadcastKernelName) || dy.dtype !== 'float32') return plain.gradFunc(dy, saved, attrs);
      const axes = util.parseAxisParam(attrs.axis as number | number[], x.shape);
      const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
      return {
        x: () => {
          const part = share(x, axes);
          const narrow = reshape(part === 1 ? dy : div(dy, part), kept);
          return engine().runKernel<Tensor>(broadcastKernelName, { x: narrow }, { shape: x.shape });
        },
      };
    },
  };
}
