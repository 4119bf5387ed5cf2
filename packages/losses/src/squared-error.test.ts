import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import { grad, scalar, type Tensor, tensor1d, type Tensor1D, tensor2d } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reduce } from './reduce.js';
import { squaredError } from './squared-error.js';
import { backends } from '../test/backends.js';
import { goldenCase } from '../test/golden-case.js';

forEachBackend(backends, () => {
  describe('squaredError', () => {
    it('squares the difference, and averages over the targets of an example', () => {
      expect(squaredError(tensor1d([1, 2]), tensor1d([1, 5]))).toBeClose([0, 9], { dtype: 'float32' });
      expect(squaredError(tensor2d([[1, 2]]), tensor2d([[3, 2]]))).toBeClose([2]);
    });

    it('agrees with the float64 value and gradient', () => {
      const golden = goldenCase('mean_squared_error');
      const x = golden.x as unknown as number[];
      const loss = (outputs: Tensor) =>
        reduce(squaredError(outputs as Tensor1D, tensor1d(golden.targets)), 'mean');
      expect(loss(tensor1d(x))).toBeClose(golden.value);
      expect(grad(loss)(tensor1d(x))).toBeClose(golden.grad);
    });

    it('is even in its error, with gradient 2 (x - t)', () => {
      const number = fc.float({ min: -100, max: 100, noNaN: true });
      fc.assert(
        fc.property(number, number, (x, t) => {
          expect(squaredError(tensor1d([x]), tensor1d([t]))).toBeClose(
            squaredError(tensor1d([t]), tensor1d([x])).arraySync(),
          );
          const gradient = grad((outputs: Tensor) =>
            reduce(squaredError(outputs as Tensor1D, tensor1d([t])), 'sum'),
          );
          expect(gradient(tensor1d([x]))).toBeClose([2 * (x - t)], { absolute: 1e-4 });
        }),
        { seed: 4, numRuns: 25 },
      );
    });

    it('leaves no tensor behind', () => {
      const outputs = tensor1d([1, 2]);
      const targets = tensor1d([0, 1]);
      expect(tensorsLeft(() => squaredError(outputs, targets))).toBe(0);
    });

    it('refuses shapes that differ, and what is neither vector nor matrix', () => {
      expect(() => squaredError(tensor1d([1]), tensor1d([1, 2]))).toThrow(
        'outputs and targets must have one shape; they have [1] and [2]',
      );
      const number = scalar(1) as unknown as Tensor1D;
      expect(() => squaredError(number, number)).toThrow('outputs must be a vector or a matrix');
    });
  });
});
