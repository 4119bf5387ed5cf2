import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import { sum, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { expectGradients } from '../test/expect-gradient.js';
import { referenceCosine } from '../test/reference-cosine.js';
import { dotRegressionLoss } from './dot-regression-loss.js';
import { squaredCosineLoss } from './squared-cosine-loss.js';

forEachBackend(backends, () => {
  describe('dotRegressionLoss', () => {
    const outputs = tensor2d([
      [3, 0],
      [1, -1],
    ]);
    const targets = tensor2d([
      [0, 2],
      [1, 0],
    ]);

    it('is half the squared cosine loss at lengths 1', () => {
      const halves = squaredCosineLoss(outputs, targets)
        .arraySync()
        .map((value) => value / 2);
      expect(dotRegressionLoss(outputs, targets)).toBeClose(halves);
    });

    it('measures the product against that of the wanted lengths', () => {
      // (0 - 6)^2 / 12
      expect(
        dotRegressionLoss(tensor2d([[3, 0]]), tensor2d([[0, 2]]), { outputLength: 2, targetLength: 3 }),
      ).toBeClose([3]);
      // (2 - 1)^2 / 2
      expect(dotRegressionLoss(tensor2d([[2, 5]]), tensor2d([[1, 0]]), { normalise: false })).toBeClose([
        0.5,
      ]);
    });

    it('agrees with plain JavaScript and its finite differences on seeded rows', () => {
      const target = [1, -2, 0.5];
      expectGradients(
        {
          loss: (x) => sum(dotRegressionLoss(x, tensor2d([target]), { outputLength: 2 })),
          plain: ([row]) => (2 * referenceCosine(row!, target) - 2) ** 2 / 4,
        },
        1,
        3,
        23,
      );
    });

    it('leaves no tensor behind', () => {
      expect(tensorsLeft(() => dotRegressionLoss(outputs, targets))).toBe(0);
    });

    it('refuses lengths of 0', () => {
      expect(() => dotRegressionLoss(outputs, targets, { outputLength: 0 })).toThrow(
        'outputLength must be a finite number above 0, and is 0',
      );
    });
  });
});
