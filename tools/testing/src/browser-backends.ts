// The gradients, and what layers and data need.
import '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { enableProdMode, env, setBackend } from '@tensorflow/tfjs-core';
import { inject } from 'vitest';

setWasmPaths({
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': threaded,
});
enableProdMode();
// Else the small tensors of tests never reach WebGL.
env().set('WEBGL_CPU_FORWARD', false);

if (!(await setBackend(inject('backend'))))
  throw new Error(`the backend ${inject('backend')} does not start`);

/** In a page, what each package's `test/backends.ts` is in Node: the one backend that this part of the tests runs on. */
export const backends = [inject('backend')];

declare module 'vitest' {
  interface ProvidedContext {
    backend: string;
  }
}
