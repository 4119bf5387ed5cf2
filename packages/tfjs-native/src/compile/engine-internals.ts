import { engine, type DataId, type Tensor, type TensorInfo, type Variable } from '@tensorflow/tfjs';
import type { TFJSBinding } from '../../vendor/dist/tfjs_binding.js';
import { nativeBackend, type NativeAttribute } from '../engine/native-backend.js';
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

/** The backend, seen from inside. */
export function backendInternals(): BackendInternals {
  return nativeBackend() as unknown as BackendInternals;
}

/** The addon's number of a tensor, whose elements are handed to TensorFlow if they are not there yet. */
export function nativeId(backend: BackendInternals, tensor: TensorInfo): number {
  return backend.getInputTensorIds([tensor])[0]!;
}

/** Another tensor number with the same elements in the same memory. */
export function aliasOf({ binding }: BackendInternals, id: number): NativeTensor {
  return binding.executeOp('Identity', [], [id], 1)[0]!;
}

/** All variables of the program; those that were used on another backend meanwhile come back with their first use here. */
export function numericVariables(): Variable[] {
  return Object.values(engine().registeredVariables).filter(({ dtype }) => dtype !== 'string');
}

/** Whether `tf.grad` and the like write down what happens, to differentiate it. */
export function isDifferentiating(): boolean {
  return (engine() as unknown as { isTapeOn(): boolean }).isTapeOn();
}
