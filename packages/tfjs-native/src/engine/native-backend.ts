import type { Tensor, TensorInfo } from '@tensorflow/tfjs';
import type { TFJSBinding } from '../../vendor/dist/tfjs_binding.js';

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
