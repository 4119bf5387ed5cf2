import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import {
  conv2d,
  getBackend,
  getKernel,
  grads,
  randomNormal,
  type Rank,
  registerKernel,
  square,
  sum,
  type Tensor,
  type Tensor4D,
  tidy,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../../test/backends.js';
import { convolve } from './convolve.js';

type Convolution = typeof convolve;

/** What the current backend does without a kernel for the gradient by the filter, as tfjs's WebAssembly. */
function withoutFilterGradient<T>(run: () => T): T {
  const kernel = getKernel('Conv2DBackpropFilter', getBackend()) as ReturnType<typeof getKernel> | undefined;
  if (kernel === undefined) return run();
  unregisterKernel(kernel.kernelName, kernel.backendName);
  try {
    return run();
  } finally {
    registerKernel(kernel);
  }
}

const cases = [
  { size: 5, kernel: 3, stride: 1, padding: 'same' },
  { size: 4, kernel: 1, stride: 1, padding: 'same' },
  { size: 7, kernel: 3, stride: 2, padding: 'valid' },
  { size: 8, kernel: 3, stride: 2, padding: 'valid' },
  { size: 7, kernel: 1, stride: 2, padding: 'valid' },
] as const;

forEachBackend(backends, (backend) => {
  describe('convolve', () => {
    it.each(cases)(
      'of $size pixels by $kernel, stride $stride, $padding, has values and gradients of conv2d',
      (options) => {
        const { size, kernel, stride, padding } = options;
        const x = randomNormal<Rank.R4>([2, size, size + 1, 3], 0, 1, 'float32', 1);
        const filter = randomNormal<Rank.R4>([kernel, kernel, 3, 4], 0, 1, 'float32', 2);
        const run = (how: Convolution) =>
          tidy(() => {
            const loss = (image: Tensor, weights: Tensor) =>
              sum(square(how(image as Tensor4D, weights as Tensor4D, stride, padding)));
            return [how(x, filter, stride, padding), ...grads(loss)([x, filter])] as Tensor[];
          });
        const own = withoutFilterGradient(() => run(convolve)).map((tensor) => tensor.arraySync());
        // Where tfjs has no gradient to compare with, the value alone is; the networks' float64 recomputation covers the rest.
        const theirs = backend === 'wasm' ? [conv2d(x, filter, stride, padding)] : run(conv2d);
        theirs.forEach((tensor, index) => {
          expect(tensor).toBeClose(own[index], { relative: 1e-4, absolute: 1e-4 });
        });
        expect(own).toHaveLength(3);
        expect(tensorsLeft(() => withoutFilterGradient(() => run(convolve)))).toBe(0);
      },
    );
  });
});
