import { findBackend, type Tensor, type TensorInfo } from '@tensorflow/tfjs';
import type { TFJSBinding } from '../../vendor/dist/tfjs_binding.js';
import { backendName } from './backend-name.js';
import './register-backend.js';

/** An attribute of a TensorFlow operation, for example `{ name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }`. */
export interface NativeAttribute {
  readonly name: string;
  /** One of the binding's `TF_ATTR_` constants. */
  readonly type: number;
  readonly value: boolean | number | object | string | readonly number[];
}

/** What tfjs-node's backend offers besides what every backend does. */
export interface NativeBackend {
  /** The addon: TensorFlow's constants, and operations on bare tensor ids. */
  readonly binding: TFJSBinding;
  /** Runs a TensorFlow operation that has one output. */
  executeSingleOutput(
    name: string,
    attributes: readonly NativeAttribute[],
    inputs: readonly TensorInfo[],
  ): Tensor;
  /** Runs a TensorFlow operation that has several outputs. */
  executeMultipleOutputs(
    name: string,
    attributes: readonly NativeAttribute[],
    inputs: readonly TensorInfo[],
    outputs: number,
  ): Tensor[];
  /** How many tensors TensorFlow itself holds. */
  getNumOfTFTensors(): number;
}

/**
 * The backend itself, to run TensorFlow operations that TensorFlow.js has no kernel for.
 *
 * @example
 * const { binding } = nativeBackend();
 * const type = { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
 * const gradient = nativeBackend().executeSingleOutput('ReluGrad', [type], [dy, features]);
 */
export function nativeBackend(): NativeBackend {
  return findBackend(backendName) as unknown as NativeBackend;
}
