import { finiteDifferences, forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import {
  getBackend,
  getKernel,
  randomNormal,
  type Rank,
  registerKernel,
  square,
  sum,
  type Tensor,
  type Tensor4D,
  unregisterKernel,
  valueAndGrads,
} from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../../test/backends.js';
import { referenceConvolution } from '../../test/reference-layers.js';
import { convolve } from './convolve.js';

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
  { size: 5, kernelSize: 3, stride: 1, padding: 'same' },
  { size: 4, kernelSize: 1, stride: 1, padding: 'same' },
  { size: 7, kernelSize: 3, stride: 2, padding: 'valid' },
  { size: 8, kernelSize: 3, stride: 2, padding: 'valid' },
  { size: 7, kernelSize: 1, stride: 2, padding: 'valid' },
] as const;

const ways = [
  { way: "with the backend's kernels", runIn: <T>(run: () => T) => run() },
  { way: 'without one for the gradient by the filter', runIn: withoutFilterGradient },
] as const;

forEachBackend(backends, () => {
  describe.each(ways)('convolve $way', ({ runIn }) => {
    it.each(cases)(
      'of $size pixels by $kernelSize, stride $stride, $padding, has the values of the definition and their gradients',
      ({ size, kernelSize, stride, padding }) => {
        const x = randomNormal<Rank.R4>([2, size, size + 1, 3], 0, 1, 'float32', 1);
        const filter = randomNormal<Rank.R4>([kernelSize, kernelSize, 3, 4], 0, 1, 'float32', 2);
        const loss = (image: Tensor, weights: Tensor) =>
          sum(square(convolve(image as Tensor4D, weights as Tensor4D, stride, padding)));
        const run = () =>
          runIn(() => {
            const { value, grads } = valueAndGrads(loss)([x, filter]);
            return { value, grads, features: convolve(x, filter, stride, padding) };
          });
        const options = { kernelSize, outputs: 4, stride, ...(padding === 'valid' ? { margin: 0 } : {}) };
        const reference = (image: Float64Array, weights: Float64Array) =>
          referenceConvolution({ shape: x.shape, values: image }, weights, options);
        const referenceLoss = (image: Float64Array, weights: Float64Array) =>
          reference(image, weights).values.reduce((total, value) => total + value ** 2, 0);
        const [image, weights] = [Float64Array.from(x.dataSync()), Float64Array.from(filter.dataSync())];

        const { value, grads, features } = run();
        const wanted = reference(image, weights);
        expect(features.shape).toEqual(wanted.shape);
        expect(features.dataSync()).toBeClose(wanted.values, { absolute: 1e-5 });
        expect(value).toBeClose(referenceLoss(image, weights));
        const [byImage, byFilter] = grads as [Tensor, Tensor];
        expect(byImage.shape).toEqual(x.shape);
        expect(byImage.dataSync()).toBeClose(
          finiteDifferences((values) => referenceLoss(values, weights), image),
          { relative: 1e-4, absolute: 1e-4 },
        );
        expect(byFilter.shape).toEqual(filter.shape);
        expect(byFilter.dataSync()).toBeClose(
          finiteDifferences((values) => referenceLoss(image, values), weights),
          { relative: 1e-4, absolute: 1e-4 },
        );
        expect(tensorsLeft(run)).toBe(0);
      },
    );
  });
});
