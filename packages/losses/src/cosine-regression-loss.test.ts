import { finiteDifferences, forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import { grad, sum, type Tensor, tensor1d, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosineRegressionLoss } from './cosine-regression-loss.js';
import { reduce } from './reduce.js';
import { backends } from '../test/backends.js';
import { goldenCase } from '../test/golden-case.js';
import { referenceCosine } from '../test/reference-cosine.js';

forEachBackend(backends, () => {
  describe('cosineRegressionLoss', () => {
    it('is the squared difference of target and cosine', () => {
      const pole = tensor1d([2, 0]);
      const outputs = tensor2d([
        [5, 0],
        [0, 1],
        [-1, 0],
      ]);
      const loss = cosineRegressionLoss(outputs, tensor1d([1, 0.5, 1]), { pole });
      expect(loss).toBeClose([0, 0.25, 4], { dtype: 'float32' });
    });

    it('agrees with the float64 value and gradient', () => {
      const golden = goldenCase('hyperspherical_regression_mean');
      const loss = (outputs: Tensor) =>
        reduce(
          cosineRegressionLoss(outputs as Tensor2D, tensor1d(golden.targets), {
            pole: tensor1d(golden.upper),
          }),
          'mean',
        );
      expect(loss(tensor2d(golden.x))).toBeClose(golden.value);
      expect(grad(loss)(tensor2d(golden.x))).toBeClose(golden.grad);
    });

    it('agrees with plain JavaScript and its finite differences on seeded rows', () => {
      const coordinate = fc.double({ min: -3, max: 3, noNaN: true });
      fc.assert(
        fc.property(
          fc.tuple(coordinate, coordinate, coordinate),
          fc.double({ min: -1, max: 1, noNaN: true }),
          (numbers, number) => {
            const z = Float32Array.from(numbers);
            const target = Math.fround(number);
            fc.pre(Math.hypot(...z) > 0.1);
            const plain = (x: ArrayLike<number>) => (target - referenceCosine(x, [1, 2, 2])) ** 2;
            const loss = (outputs: Tensor) =>
              sum(
                cosineRegressionLoss(outputs as Tensor2D, tensor1d([target]), { pole: tensor1d([1, 2, 2]) }),
              );
            const outputs = tensor2d([Array.from(z)]);
            expect(loss(outputs)).toBeClose(plain(z));
            expect(grad(loss)(outputs)).toBeClose([Array.from(finiteDifferences(plain, z))], {
              relative: 1e-4,
              absolute: 1e-5,
            });
          },
        ),
        { seed: 2, numRuns: 25 },
      );
    });

    it('leaves no tensor behind, also with its gradient', () => {
      const outputs = tensor2d([[1, 2]]);
      const targets = tensor1d([0.3]);
      const pole = tensor1d([1, 0]);
      expect(tensorsLeft(() => cosineRegressionLoss(outputs, targets, { pole }))).toBe(0);
      const gradient = grad((x: Tensor) => sum(cosineRegressionLoss(x as Tensor2D, targets, { pole })));
      expect(tensorsLeft(() => gradient(outputs))).toBe(0);
    });

    it('refuses shapes that do not fit', () => {
      const outputs = tensor2d([[1, 2]]);
      expect(() => cosineRegressionLoss(outputs, tensor1d([1, 1]), { pole: tensor1d([1, 0]) })).toThrow(
        'targets must be a vector of 1; its shape is [2]',
      );
      expect(() => cosineRegressionLoss(outputs, tensor1d([1]), { pole: tensor1d([1]) })).toThrow(
        'pole must be a vector of 2; its shape is [1]',
      );
    });
  });
});
