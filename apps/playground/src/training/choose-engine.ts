import { env, setBackend } from '@tensorflow/tfjs-core';
// A bundler leaves them out otherwise.
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import type { EngineName } from './messages.js';

// The third is asked for by name and never loaded: threads need headers that a plain folder of files cannot send.
setWasmPaths({
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': simd,
});
env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);

/** Makes TensorFlow.js compute on the first of these that this browser has, and says which it is. */
export async function chooseEngine(wanted: readonly EngineName[]): Promise<EngineName> {
  for (const name of wanted) {
    try {
      if (await setBackend(name)) return name;
    } catch {
      // The next one is tried.
    }
  }
  throw new Error('None of the engines starts in this browser. Choose another one, or another browser.');
}
