import { finiteDifferences, forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import { grads, mean, sum, type Tensor, tensor1d, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { expectGolden, expectGradients, referenceCrossEntropy } from '../test/expect-gradient.js';
import { goldenCase } from '../test/golden-case.js';
import { ordinalCrossEntropy } from './ordinal-cross-entropy.js';
import { ordinalSoftLabels } from './ordinal-soft-labels.js';

const soft = [
  [0.2, 0.3, 0.5],
  [1, 0, 0],
];
const plainLoss = (rows: number[][], labels: number[][]) =>
  rows.reduce(
    (total, row, i) =>
      total + labels[i]!.reduce((sum, weight, k) => sum + weight * referenceCrossEntropy(row, k), 0),
    0,
  );

forEachBackend(backends, () => {
  describe('ordinalCrossEntropy', () => {
    it('is the cross entropy with each distribution', () => {
      expect(ordinalCrossEntropy(tensor2d([[0, 0]]), tensor2d([[0.5, 0.5]]))).toBeClose([Math.LN2]);
    });

    it.each(['absolute', 'squared'] as const)(
      'agrees with the float64 value and gradient, %s',
      (distance) => {
        const golden = goldenCase(`sord_${distance}`);
        const labels = ordinalSoftLabels(tensor1d(golden.labels, 'int32'), 7, { distance });
        expectGolden((x) => mean(ordinalCrossEntropy(x, labels)), golden);
      },
    );

    it('agrees with plain JavaScript and its finite differences on seeded logits', () => {
      expectGradients(
        { loss: (x) => sum(ordinalCrossEntropy(x, tensor2d(soft))), plain: (rows) => plainLoss(rows, soft) },
        2,
        3,
        20,
      );
    });

    it('gives soft labels their true gradient', () => {
      const logits = [[1, 2, 3]];
      const [, ofLabels] = grads((x: Tensor, y: Tensor) =>
        sum(ordinalCrossEntropy(x as Tensor2D, y as Tensor2D)),
      )([tensor2d(logits), tensor2d([soft[0]!])]) as [Tensor, Tensor];
      const expected = finiteDifferences((y) => plainLoss(logits, [Array.from(y)]), soft[0]!);
      expect(ofLabels).toBeClose([Array.from(expected)]);
    });

    it('leaves out a class at -Infinity that has no share', () => {
      expect(ordinalCrossEntropy(tensor2d([[0, 0, -Infinity]]), tensor2d([[0.5, 0.5, 0]]))).toBeClose([
        Math.LN2,
      ]);
    });

    it('leaves no tensor behind', () => {
      const logits = tensor2d(soft);
      expect(tensorsLeft(() => ordinalCrossEntropy(logits, logits))).toBe(0);
    });

    it('refuses shapes that differ', () => {
      expect(() => ordinalCrossEntropy(tensor2d(soft), tensor2d([[1]]))).toThrow(
        'logits and softLabels must have one shape; they have [2, 3] and [1, 1]',
      );
    });
  });
});
