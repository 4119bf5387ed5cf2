import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import { mean, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { expectGolden, expectGradients, referenceCosines } from '../test/expect-gradient.js';
import { goldenCase } from '../test/golden-case.js';
import { ntXentLoss } from './nt-xent-loss.js';

forEachBackend(backends, () => {
  describe('ntXentLoss', () => {
    it('has a value for each view of each example', () => {
      const views = tensor2d([
        [1, 0],
        [-1, 0],
      ]);
      // One partner at cosine 1, two others at cosine -1.
      const value = Math.log(Math.exp(2) + 2 * Math.exp(-2)) - 2;
      expect(ntXentLoss(views, views)).toBeClose([value, value, value, value], { dtype: 'float32' });
    });

    it('agrees with the float64 value and gradient', () => {
      const golden = goldenCase('nt_xent');
      expectGolden((x) => mean(ntXentLoss(x, tensor2d(golden.other), { temperature: golden.tau })), golden);
    });

    it('agrees with plain JavaScript and its finite differences on seeded rows', () => {
      const others = [
        [1, 0.5],
        [-1, 2],
        [0.3, -1],
      ];
      expectGradients(
        {
          loss: (x) => mean(ntXentLoss(x, tensor2d(others), { temperature: 0.7 })),
          plain: (rows) => {
            const all = [...rows, ...others];
            const values = referenceCosines(all, all).map((cosines, i) => {
              const total = cosines.reduce((sum, each, j) => (j === i ? sum : sum + Math.exp(each / 0.7)), 0);
              return Math.log(total) - cosines[(i + 3) % 6]! / 0.7;
            });
            return values.reduce((left, right) => left + right, 0) / 6;
          },
        },
        3,
        2,
        16,
      );
    });

    it('leaves no tensor behind', () => {
      const views = tensor2d([[1, 0]]);
      expect(tensorsLeft(() => ntXentLoss(views, views))).toBe(0);
    });

    it('refuses views of different shapes', () => {
      expect(() => ntXentLoss(tensor2d([[1, 0]]), tensor2d([[1]]))).toThrow('must have one shape');
    });
  });
});
