import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import { grad, mean, sum, type Tensor, tensor1d, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { expectGolden, expectGradients, referenceCosines } from '../test/expect-gradient.js';
import { goldenCase } from '../test/golden-case.js';
import { supervisedContrastiveLoss } from './supervised-contrastive-loss.js';

const labelsOf = (...labels: number[]) => tensor1d(labels, 'int32');

/** The mean over anchors with a positive, by the definition, in float64. */
function plain(rows: number[][], labels: number[], temperature: number): number {
  const cosines = referenceCosines(rows, rows);
  const values: number[] = [];
  rows.forEach((_, i) => {
    const others = rows.map((_row, j) => j).filter((j) => j !== i);
    const positives = others.filter((j) => labels[j] === labels[i]);
    if (positives.length === 0) return;
    const total = Math.log(others.reduce((sum, j) => sum + Math.exp(cosines[i]![j]! / temperature), 0));
    values.push(
      positives.reduce((sum, p) => sum + total - cosines[i]![p]! / temperature, 0) / positives.length,
    );
  });
  return values.reduce((left, right) => left + right, 0) / values.length;
}

forEachBackend(backends, () => {
  describe('supervisedContrastiveLoss', () => {
    it('is log of the number of others when all rows are the same', () => {
      const same = tensor2d([
        [1, 0],
        [2, 0],
        [3, 0],
      ]);
      expect(supervisedContrastiveLoss(same, labelsOf(4, 4, 4))).toBeClose([Math.LN2, Math.LN2, Math.LN2]);
    });

    it('agrees with the float64 value and gradient', () => {
      const golden = goldenCase('supervised_contrastive');
      expectGolden(
        (x) => mean(supervisedContrastiveLoss(x, labelsOf(...golden.labels), { temperature: golden.tau })),
        golden,
      );
    });

    it('agrees with plain JavaScript and its finite differences on seeded rows', () => {
      const labels = [0, 1, 0, 2, 1, 0];
      expectGradients(
        {
          loss: (x) => mean(supervisedContrastiveLoss(x, labelsOf(...labels), { temperature: 0.5 })),
          plain: (rows) => plain(rows, labels, 0.5),
        },
        6,
        3,
        15,
      );
    });

    it('gives anchors that are alone in their class the mean of the others, or 0 when all are', () => {
      const rows = tensor2d([
        [1, 0],
        [1, 1],
        [0, 1],
      ]);
      const [first, second, alone] = supervisedContrastiveLoss(rows, labelsOf(7, 7, 1)).arraySync();
      expect(alone).toBeClose((first! + second!) / 2);
      const loss = (x: Tensor) => sum(supervisedContrastiveLoss(x as Tensor2D, labelsOf(0, 1, 2)));
      expect(loss(rows)).toBeClose(0);
      expect(grad(loss)(rows)).toBeClose([
        [0, 0],
        [0, 0],
        [0, 0],
      ]);
    });

    it('is finite at zero outputs and at a temperature of 0.001', () => {
      const rows = tensor2d([
        [0, 0],
        [1, 1],
        [-1, -1],
        [0, 1],
      ]);
      const loss = (x: Tensor) =>
        supervisedContrastiveLoss(x as Tensor2D, labelsOf(0, 0, 1, 1), { temperature: 0.001 });
      const numbers = [...loss(rows).dataSync(), ...grad((x: Tensor) => sum(loss(x)))(rows).dataSync()];
      expect(numbers.every(Number.isFinite)).toBe(true);
    });

    it('leaves no tensor behind, also with its gradient', () => {
      const rows = tensor2d([
        [1, 0],
        [1, 1],
      ]);
      const labels = labelsOf(0, 0);
      expect(tensorsLeft(() => supervisedContrastiveLoss(rows, labels))).toBe(0);
      const gradient = grad((x: Tensor) => sum(supervisedContrastiveLoss(x as Tensor2D, labels)));
      expect(tensorsLeft(() => gradient(rows))).toBe(0);
    });

    it('refuses a temperature of 0 and a single row', () => {
      expect(() =>
        supervisedContrastiveLoss(tensor2d([[1], [2]]), labelsOf(0, 0), { temperature: 0 }),
      ).toThrow('temperature must be a finite number above 0, and is 0');
      expect(() => supervisedContrastiveLoss(tensor2d([[1]]), labelsOf(0))).toThrow(
        'outputs must have at least 2 rows, and have 1',
      );
    });
  });
});
