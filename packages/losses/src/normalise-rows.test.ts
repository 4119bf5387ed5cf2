import { finiteDifferences, forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import { grad, mul, norm, sum, type Tensor, tensor1d, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseRows } from './normalise-rows.js';
import { backends } from '../test/backends.js';

forEachBackend(backends, () => {
  describe('normaliseRows', () => {
    it('divides each row by its length', () => {
      expect(
        normaliseRows(
          tensor2d([
            [3, 4],
            [0, -2],
          ]),
        ),
      ).toBeClose(
        [
          [0.6, 0.8],
          [0, -1],
        ],
        { dtype: 'float32' },
      );
    });

    it.each([1e-20, 1e-10, 1, 1e15, 1e36])(
      'gives unit rows and a true gradient at magnitude %f',
      (magnitude) => {
        const rows = tensor2d([[3 * magnitude, -4 * magnitude]]);
        expect(normaliseRows(rows)).toBeClose([[0.6, -0.8]]);
        const gradient = grad((x: Tensor) => sum(mul(normaliseRows(x as Tensor2D), tensor2d([[1, 0]]))))(
          rows,
        );
        // (e_0 - 0.6 u) / |x|
        expect(mul(gradient, magnitude)).toBeClose([[0.128, 0.096]]);
      },
    );

    it('makes a zero row zero, with gradient zero, and lets NaN and Infinity through as NaN', () => {
      const rows = tensor2d([
        [0, 0],
        [1e-31, 0],
      ]);
      expect(normaliseRows(rows)).toBeClose([
        [0, 0],
        [0, 0],
      ]);
      expect(grad((x: Tensor) => sum(normaliseRows(x as Tensor2D)))(rows)).toBeClose([
        [0, 0],
        [0, 0],
      ]);
      const diverged = normaliseRows(
        tensor2d([
          [NaN, 1],
          [Infinity, 1],
        ]),
      ).arraySync();
      expect(diverged[0]).toEqual([NaN, NaN]);
      expect(diverged[1]).toEqual([NaN, NaN]);
    });

    it('has the gradient of finite differences, at right angles to the row', () => {
      const number = fc.double({ min: -2, max: 2, noNaN: true });
      fc.assert(
        fc.property(fc.tuple(number, number, number), (numbers) => {
          const row = Float32Array.from(numbers);
          fc.pre(Math.hypot(...row) > 0.1);
          const plain = (x: Float64Array) => (x[0]! + 2 * x[1]! - x[2]!) / Math.hypot(...x);
          const rows = tensor2d([numbers]);
          const gradient = grad((x: Tensor) => sum(mul(normaliseRows(x as Tensor2D), tensor1d([1, 2, -1]))))(
            rows,
          );
          expect(gradient).toBeClose([Array.from(finiteDifferences(plain, row))], {
            relative: 1e-4,
            absolute: 1e-5,
          });
          expect(sum(mul(gradient, rows))).toBeClose(0, { absolute: 1e-5 });
          expect(norm(normaliseRows(rows))).toBeClose(1);
        }),
        { seed: 5, numRuns: 25 },
      );
    });

    it('leaves no tensor behind, also with its gradient', () => {
      const rows = tensor2d([[1, 2]]);
      expect(tensorsLeft(() => normaliseRows(rows))).toBe(0);
      expect(tensorsLeft(() => grad((x: Tensor) => sum(normaliseRows(x as Tensor2D)))(rows))).toBe(0);
    });

    it('refuses what is no matrix', () => {
      expect(() => normaliseRows(tensor1d([1]) as unknown as Tensor2D)).toThrow('rows must be a matrix');
    });
  });
});
