import { engine, type TensorInfo, type Variable } from '@tensorflow/tfjs';
import { nativeBackend } from '../engine/registered-backend.js';
import type { BackendInternals } from './backend-internals.js';
import type { NativeTensor } from './native-graph.js';

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
