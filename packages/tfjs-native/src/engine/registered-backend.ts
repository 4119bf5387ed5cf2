import { findBackend } from '@tensorflow/tfjs';
import { backendName } from './backend-name.js';
import type { NativeBackend } from './native-backend.js';
import './register-backend.js';

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
