import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import { grad, type Tensor, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { expectGolden, expectGradients, referenceCosines } from '../test/expect-gradient.js';
import { goldenCase } from '../test/golden-case.js';
import { uniformityLoss } from './uniformity-loss.js';

forEachBackend(backends, () => {
  describe('uniformityLoss', () => {
    it('is 0 when all outputs point one way, and -4 t for two opposite ones', () => {
      expect(
        uniformityLoss(
          tensor2d([
            [1, 0],
            [3, 0],
          ]),
        ),
      ).toBeClose(0);
      expect(
        uniformityLoss(
          tensor2d([
            [1, 0],
            [-3, 0],
          ]),
          { t: 3 },
        ),
      ).toBeClose(-12);
    });

    it('agrees with the float64 value and gradient', () => {
      const golden = goldenCase('uniformity');
      expectGolden((x) => uniformityLoss(x, { t: golden.t }), golden);
    });

    it('agrees with plain JavaScript and its finite differences on seeded rows', () => {
      expectGradients(
        {
          loss: (x) => uniformityLoss(x, { t: 1.5 }),
          plain: (rows) => {
            const terms = referenceCosines(rows, rows).flatMap((cosines, i) =>
              cosines.slice(i + 1).map((each) => Math.exp(1.5 * (2 * each - 2))),
            );
            return Math.log(terms.reduce((left, right) => left + right) / terms.length);
          },
        },
        4,
        3,
        18,
      );
    });

    it('is finite at zero outputs and where exp underflows', () => {
      const rows = tensor2d([
        [0, 0],
        [1, 0],
        [-1, 0],
      ]);
      const loss = (x: Tensor) => uniformityLoss(x as Tensor2D, { t: 100 });
      expect(loss(rows)).toBeClose(-200 + Math.log(2 / 3));
      expect(Array.from(grad(loss)(rows).dataSync()).every(Number.isFinite)).toBe(true);
    });

    it('leaves no tensor behind, also with its gradient', () => {
      const rows = tensor2d([
        [1, 0],
        [1, 1],
      ]);
      expect(tensorsLeft(() => uniformityLoss(rows))).toBe(0);
      expect(tensorsLeft(() => grad((x: Tensor) => uniformityLoss(x as Tensor2D))(rows))).toBe(0);
    });

    it('refuses a single row and a t of 0', () => {
      expect(() => uniformityLoss(tensor2d([[1, 0]]))).toThrow(
        'outputs must have at least 2 rows, and have 1',
      );
      expect(() => uniformityLoss(tensor2d([[1], [2]]), { t: 0 })).toThrow(
        't must be a finite number above 0',
      );
    });
  });
});
