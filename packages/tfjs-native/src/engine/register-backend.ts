import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs';
import type * as Callbacks from '../../vendor/dist/callbacks.js';
import type * as KernelBackend from '../../vendor/dist/nodejs_kernel_backend.js';
import { tfjsNodeVersion } from '../set-up/engine-recipe.js';
import { registerFusedKernels } from '../kernels/register-fused-kernels.js';
import { backendName } from './backend-name.js';
import { loadAddon } from './load-addon.js';

const require = createRequire(import.meta.url);

/** Facts about the engine that runs. */
export interface NativeEngine {
  /** Name of the backend in TensorFlow.js. */
  readonly backend: 'tensorflow';
  /** Version that TensorFlow's library reports, for example `2.15.1`. */
  readonly tensorflowVersion: string;
  /** Version of @tensorflow/tfjs-node whose kernels and C++ run. */
  readonly tfjsNodeVersion: string;
  /** Which engine it is: `cpu`, or `gpu` with CUDA. */
  readonly variant: 'cpu' | 'gpu';
  /** Where it computes: on a GPU, or on the processor. */
  readonly device: 'gpu' | 'cpu';
  /** The engine's folder in the cache: `lib/` has TensorFlow's libraries, `addon/` the addon. */
  readonly folder: string;
}

/**
 * What tfjs-node's own entry point does, with the addon from the cache folder: kernels, backend, `file://` handlers
 * and the progress bar of `model.fit`.
 */
function registerBackend(): NativeEngine {
  const { folder, variant, binding } = loadAddon();
  const engine: NativeEngine = {
    backend: backendName,
    tensorflowVersion: binding.TF_Version,
    tfjsNodeVersion,
    variant,
    device: binding.isUsingGpuDevice() ? 'gpu' : 'cpu',
    folder,
  };
  // A second copy of this module (a test runner's, or another version's) finds the work done.
  const registered: unknown = tf.findBackendFactory(backendName);
  if (registered) return engine;

  require('../../vendor/dist/register_all_kernels.js');
  // To compare with TensorFlow.js as it is.
  if (process.env.TFJS_NATIVE_PLAIN !== '1') registerFusedKernels();
  const { NodeJSKernelBackend } =
    require('../../vendor/dist/nodejs_kernel_backend.js') as typeof KernelBackend;
  const backend = new NodeJSKernelBackend(binding, '@hyperspherical/tfjs-native');
  tf.registerBackend(backendName, () => backend, 3);
  // Synchronous, because the backend is already there; the promise only says so.
  void tf.setBackend(backendName);

  const { nodeFileSystemRouter } = require('../../vendor/dist/io/file_system.js') as {
    nodeFileSystemRouter: Parameters<typeof tf.io.registerLoadRouter>[0];
  };
  tf.io.registerLoadRouter(nodeFileSystemRouter);
  tf.io.registerSaveRouter(nodeFileSystemRouter);
  const { ProgbarLogger } = require('../../vendor/dist/callbacks.js') as typeof Callbacks;
  tf.registerCallbackConstructor(1, ProgbarLogger);
  return engine;
}

const engine = registerBackend();

/**
 * Facts about the engine that runs.
 *
 * @example
 * nativeEngine().tensorflowVersion; // '2.15.1'
 */
export function nativeEngine(): NativeEngine {
  return engine;
}
