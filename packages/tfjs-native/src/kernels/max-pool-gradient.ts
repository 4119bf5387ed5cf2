import { backend_util, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs';
import type { NativeAttribute } from '../engine/native-backend.js';
import { backendName } from '../engine/backend-name.js';
import { isRecording } from '../engine/is-recording.js';
import type { BackendInternals } from '../compile/backend-internals.js';
import { attributesOf, nativeBackendOf } from './attribute.js';

interface PoolAttributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: Parameters<typeof backend_util.computePool2DInfo>[4];
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** The addon's operations on tensors that are numbers only. */
interface BareOperations {
  executeOp(
    name: string,
    attributes: readonly NativeAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): Parameters<BackendInternals['createOutputTensor']>[0][];
  deleteTensor(id: number): void;
}

/**
 * Replaces tfjs-node's kernel of maxPool's gradient, bit for bit: TensorFlow's own `MaxPoolGrad` looks for the largest
 * pixels again by a slow loop; here `MaxPoolWithArgmax` finds them, and dy is put where they were. In a graph oneDNN
 * does better still, and on a GPU cuDNN does, so that a recorded step and the GPU keep `MaxPoolGrad`.
 *
 * @param plain the kernel of tfjs-node
 */
export function maxPoolGradientKernel(plain: KernelConfig): KernelConfig {
  return {
    kernelName: 'MaxPoolGrad',
    backendName,
    kernelFunc: (given) => {
      const { dy, input } = given.inputs as { dy: TensorInfo; input: TensorInfo };
      const native = nativeBackendOf(given.backend);
      const { binding } = native;
      const isFloat = input.dtype === 'float32' && dy.dtype === 'float32';
      if (isRecording() || !isFloat || binding.isUsingGpuDevice()) return plain.kernelFunc(given);
      const { filterSize, strides, pad, dimRoundingMode } = given.attrs as unknown as PoolAttributes;
      const shape = input.shape as [number, number, number, number];
      const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
      const padding = info.padInfo.type;
      if (padding !== 'VALID' && padding !== 'SAME') return plain.kernelFunc(given);
      const attributes = attributesOf(native);
      const pooling = (indexType: number): NativeAttribute[] => [
        attributes.type('T'),
        { name: 'Targmax', type: binding.TF_ATTR_TYPE, value: indexType },
        attributes.integers('ksize', [1, info.filterHeight, info.filterWidth, 1]),
        attributes.integers('strides', [1, info.strideHeight, info.strideWidth, 1]),
        attributes.string('padding', padding),
        attributes.boolean('include_batch_in_index', false),
      ];
      const [largest, places] = native.executeMultipleOutputs(
        'MaxPoolWithArgmax',
        // Of the two types of indices this one is found faster ...
        pooling(binding.TF_INT32),
        [input],
        2,
      );
      const internals = given.backend as BackendInternals;
      const bare = binding as unknown as BareOperations;
      // ... and this one is all that the gradient takes. tfjs knows no such tensor, so that it stays a bare number.
      const [wide] = bare.executeOp(
        'Cast',
        [
          { name: 'SrcT', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 },
          { name: 'DstT', type: binding.TF_ATTR_TYPE, value: binding.TF_INT64 },
          attributes.boolean('Truncate', false),
        ],
        internals.getInputTensorIds([places!]),
        1,
      );
      largest!.dispose();
      places!.dispose();
      try {
        const [gradient] = bare.executeOp(
          'MaxPoolGradWithArgmax',
          pooling(binding.TF_INT64),
          [...internals.getInputTensorIds([input, dy]), wide!.id],
          1,
        );
        return internals.createOutputTensor(gradient!);
      } finally {
        bare.deleteTensor(wide!.id);
      }
    },
  };
}
