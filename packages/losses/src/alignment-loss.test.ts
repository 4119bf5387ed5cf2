import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import { grad, mean, sum, type Tensor, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { expectGolden, expectGradients } from '../test/expect-gradient.js';
import { goldenCase } from '../test/golden-case.js';
import { referenceCosine } from '../test/reference-cosine.js';
import { alignmentLoss } from './alignment-loss.js';

forEachBackend(backends, () => {
  describe('alignmentLoss', () => {
    it('is the distance on the sphere to the power alpha', () => {
      const left = tensor2d([
        [3, 0],
        [1, 0],
      ]);
      const right = tensor2d([
        [0, 1],
        [-1, 0],
      ]);
      expect(alignmentLoss(left, right)).toBeClose([2, 4]);
      expect(alignmentLoss(left, right, { alpha: 1 })).toBeClose([Math.SQRT2, 2]);
    });

    it('agrees with the float64 value and gradient', () => {
      const golden = goldenCase('alignment');
      expectGolden((x) => mean(alignmentLoss(x, tensor2d(golden.other), { alpha: golden.alpha })), golden);
    });

    it.each([1, 3])('agrees with plain JavaScript and its finite differences at alpha %f', (alpha) => {
      const other = [0.2, -5, 1];
      expectGradients(
        {
          loss: (x) => sum(alignmentLoss(x, tensor2d([other]), { alpha })),
          plain: ([row]) => Math.sqrt(2 - 2 * referenceCosine(row!, other)) ** alpha,
        },
        1,
        3,
        17,
      );
    });

    it('has value and gradient 0 for equal directions at every alpha', () => {
      for (const alpha of [0.5, 1, 2]) {
        const loss = (x: Tensor) => sum(alignmentLoss(x as Tensor2D, tensor2d([[2, 4]]), { alpha }));
        expect(loss(tensor2d([[1, 2]]))).toBeClose(0);
        expect(grad(loss)(tensor2d([[1, 2]]))).toBeClose([[0, 0]]);
      }
    });

    it('leaves no tensor behind', () => {
      const left = tensor2d([[1, 2]]);
      expect(tensorsLeft(() => alignmentLoss(left, left, { alpha: 1 }))).toBe(0);
    });

    it('refuses an alpha of 0', () => {
      expect(() => alignmentLoss(tensor2d([[1]]), tensor2d([[1]]), { alpha: 0 })).toThrow(
        'alpha must be a finite number above 0, and is 0',
      );
    });
  });
});
