import { findBackend } from '@tensorflow/tfjs';
import type { NodeJSKernelBackend } from '../../vendor/dist/nodejs_kernel_backend.js';
import { backendName } from './backend-name.js';
import './register-backend.js';

/** The public members of tfjs-node's backend. */
export type NativeBackend = Pick<NodeJSKernelBackend, keyof NodeJSKernelBackend>;

/**
 * The backend itself, to run TensorFlow operations that TensorFlow.js has no kernel for:
 * `executeSingleOutput(name, attributes, inputs)` and `executeMultipleOutputs(name, attributes, inputs, count)`.
 *
 * @example
 * const { binding } = nativeBackend();
 * const type = { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
 * const gradient = nativeBackend().executeSingleOutput('ReluGrad', [type], [dy, features]);
 */
export function nativeBackend(): NativeBackend {
  return findBackend(backendName) as NativeBackend;
}
