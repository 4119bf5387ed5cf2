import type { DataId, Tensor, TensorInfo } from '@tensorflow/tfjs';
import type { TFJSBinding } from '../../vendor/dist/tfjs_binding.js';
import type { NativeAttribute } from '../engine/native-backend.js';
import type { GraphBinding, NativeTensor } from './native-graph.js';

/** What the backend knows of one tensor's data. */
export interface TensorEntry {
  readonly shape: number[];
  /** TensorFlow's number of the element type. */
  readonly dtype: number;
  /** The addon's number of the tensor, or -1 while the elements are on the host only. */
  id: number;
  /** The elements, until an operation first needs them. */
  values: Parameters<TFJSBinding['createTensor']>[2] | null;
  /** How many tensors share the data. */
  readonly refCount: number;
}

/** The addon: tfjs-node's part and ours. */
export interface NativeBinding extends Omit<TFJSBinding, 'executeOp'>, GraphBinding {
  readonly executeOp: (
    operation: string,
    attributes: readonly NativeAttribute[],
    inputs: readonly number[],
    outputs: number,
  ) => NativeTensor[];
}

/** The parts of tfjs-node's backend that a recording reaches into. They are private: its version is pinned. */
export interface BackendInternals {
  binding: NativeBinding;
  readonly tensorMap: { get(dataId: DataId): TensorEntry; has(dataId: DataId): boolean };
  getInputTensorIds(tensors: readonly TensorInfo[]): number[];
  createOutputTensor(metadata: NativeTensor): Tensor;
  readSync(dataId: DataId): unknown;
  move(dataId: DataId, ...rest: unknown[]): void;
}
