import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import {
  gather,
  grad,
  grads,
  memory,
  profile,
  randomNormal,
  type Scalar,
  sum,
  type Tensor,
  tensor1d,
  tensor2d,
  type Tensor2D,
  zeros,
} from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import {
  expectGolden,
  expectGradients,
  referenceCosines,
  referenceCrossEntropy,
} from '../test/expect-gradient.js';
import { goldenCase } from '../test/golden-case.js';
import { cosineSoftmaxLoss, type CosineSoftmaxOptions } from './cosine-softmax-loss.js';
import { normaliseRows } from './normalise-rows.js';
import { reduce } from './reduce.js';

const labelsOf = (...labels: number[]) => tensor1d(labels, 'int32');
const classes = [
  [1, 0, 0.5],
  [0, -2, 0],
  [0.3, 1, -1],
];

forEachBackend(backends, () => {
  describe('cosineSoftmaxLoss', () => {
    it('is the cross entropy of scaled cosines, whatever the lengths', () => {
      const prototypes = tensor2d([
        [2, 0],
        [0, 1],
      ]);
      const loss = cosineSoftmaxLoss(tensor2d([[7, 0]]), labelsOf(0), { prototypes, scale: 3 });
      expect(loss).toBeClose([Math.log(1 + Math.exp(-3))], { dtype: 'float32' });
    });

    it('agrees with the float64 value and gradient', () => {
      const golden = goldenCase('normalised_softmax');
      const options = { prototypes: tensor2d(golden.prototypes), scale: golden.scale };
      expectGolden((x) => reduce(cosineSoftmaxLoss(x, labelsOf(...golden.labels), options), 'mean'), golden);
    });

    it('agrees with plain JavaScript and its finite differences on seeded rows', () => {
      expectGradients(
        {
          loss: (x) => sum(cosineSoftmaxLoss(x, labelsOf(0, 2), { prototypes: tensor2d(classes), scale: 4 })),
          plain: (rows) =>
            referenceCosines(rows, classes).reduce(
              (total, cosines, row) =>
                total +
                referenceCrossEntropy(
                  cosines.map((each) => 4 * each),
                  [0, 2][row]!,
                ),
              0,
            ),
        },
        2,
        3,
        11,
      );
    });

    it('trains its prototypes too: their gradient is that of plain JavaScript', () => {
      const rows = [
        [0.3, 1, 0],
        [1, -1, 1],
      ];
      expectGradients(
        {
          loss: (prototypes) =>
            sum(cosineSoftmaxLoss(tensor2d(rows), labelsOf(1, 0), { prototypes, scale: 4 })),
          plain: (vectors) =>
            referenceCosines(rows, vectors).reduce(
              (total, cosines, row) =>
                total +
                referenceCrossEntropy(
                  cosines.map((each) => 4 * each),
                  [1, 0][row]!,
                ),
              0,
            ),
        },
        3,
        3,
        12,
      );
    });

    it('gives the same value and gradients in blocks of rows, and with fixed unit prototypes', () => {
      const outputs = randomNormal<Tensor2D['rankType']>([7, 5], 0, 1, 'float32', 1);
      const prototypes = randomNormal<Tensor2D['rankType']>([11, 5], 0, 1, 'float32', 2);
      const labels = labelsOf(0, 1, 2, 3, 10, 9, 1);
      const both = (options: Partial<CosineSoftmaxOptions>) =>
        grads((x: Tensor, p: Tensor) =>
          sum(cosineSoftmaxLoss(x as Tensor2D, labels, { prototypes: p as Tensor2D, ...options })),
        )([outputs, prototypes]) as [Tensor, Tensor];
      const whole = both({});
      for (const rowsAtOnce of [1, 3, 7]) {
        const blocks = both({ rowsAtOnce });
        expect(blocks[0]).toBeClose(whole[0].arraySync(), { absolute: 1e-5 });
        expect(blocks[1]).toBeClose(whole[1].arraySync(), { absolute: 1e-5 });
        const fixed = grad((x: Tensor) =>
          sum<Scalar>(
            cosineSoftmaxLoss(x as Tensor2D, labels, {
              prototypes: normaliseRows(prototypes),
              fixedUnitPrototypes: true,
              rowsAtOnce,
            }),
          ),
        )(outputs);
        expect(fixed).toBeClose(whole[0].arraySync(), { absolute: 1e-5 });
      }
    });

    it('does not change when classes are permuted with their labels', () => {
      const outputs = randomNormal<Tensor2D['rankType']>([3, 3], 0, 1, 'float32', 3);
      const prototypes = tensor2d(classes);
      const loss = cosineSoftmaxLoss(outputs, labelsOf(0, 1, 2), { prototypes });
      const permuted = gather(prototypes, labelsOf(2, 0, 1));
      expect(cosineSoftmaxLoss(outputs, labelsOf(1, 2, 0), { prototypes: permuted })).toBeClose(
        loss.arraySync(),
      );
    });

    it('is finite at zero outputs, at cosines of +-1 and at scale 64', () => {
      const prototypes = tensor2d([
        [1, 0],
        [-1, 0],
      ]);
      const loss = (x: Tensor) =>
        sum(cosineSoftmaxLoss(x as Tensor2D, labelsOf(0, 0, 1), { prototypes, scale: 64 }));
      const outputs = tensor2d([
        [0, 0],
        [3, 0],
        [5, 0],
      ]);
      expect(loss(outputs)).toBeClose(Math.log(2) + 0 + 128);
      expect(grad(loss)(outputs)).toBeClose(zeros([3, 2]).arraySync());
    });

    it('weighs classes and ignores a label', () => {
      const prototypes = tensor2d(classes);
      const outputs = tensor2d([classes[0]!, classes[1]!, classes[2]!]);
      const plain = cosineSoftmaxLoss(outputs, labelsOf(0, 1, 0), { prototypes }).arraySync();
      const options = { prototypes, classWeights: tensor1d([2, 0.5, 1]), ignoredLabel: -1 };
      expect(cosineSoftmaxLoss(outputs, labelsOf(0, 1, -1), options)).toBeClose([
        2 * plain[0]!,
        plain[1]! / 2,
        0,
      ]);
    });

    it('is right with 50,000 classes, and needs less memory in blocks of rows', async () => {
      const classCount = 50_000;
      const angle = (label: number) => (2 * Math.PI * label) / classCount;
      const rows = Array.from({ length: classCount }, (_, label) => [
        Math.cos(angle(label)),
        Math.sin(angle(label)),
      ]);
      const prototypes = tensor2d(rows);
      const wanted = [0, 12_500, 40_000, 49_999];
      const outputs = tensor2d(
        wanted.map((label) => [Math.cos(angle(label + 5000)), Math.sin(angle(label + 5000))]),
      );
      const total = rows.reduce((sum, [x]) => sum + Math.exp(16 * x!), 0);
      const value = Math.log(total) - 16 * Math.cos(angle(5000));
      const options = { prototypes, fixedUnitPrototypes: true };
      const loss = (x: Tensor, rowsAtOnce: number) =>
        sum<Scalar>(cosineSoftmaxLoss(x as Tensor2D, labelsOf(...wanted), { ...options, rowsAtOnce }));
      expect(loss(outputs, 1)).toBeClose(4 * value);
      const peak = async (rowsAtOnce: number) => {
        const before = memory().numBytes;
        const gradient = grad((x: Tensor) => loss(x, rowsAtOnce));
        return (await profile(() => gradient(outputs))).peakBytes - before;
      };
      expect(await peak(1)).toBeLessThan((await peak(4)) / 2);
    });

    it('leaves no tensor behind, also with its gradient, in one block or several', () => {
      const prototypes = tensor2d(classes);
      const outputs = tensor2d(classes);
      const labels = labelsOf(0, 1, 2);
      for (const rowsAtOnce of [1, 3]) {
        const loss = (x: Tensor) => sum(cosineSoftmaxLoss(x as Tensor2D, labels, { prototypes, rowsAtOnce }));
        expect(tensorsLeft(() => cosineSoftmaxLoss(outputs, labels, { prototypes, rowsAtOnce }))).toBe(0);
        expect(tensorsLeft(() => grad(loss)(outputs))).toBe(0);
      }
    });

    it('refuses a scale that is not above 0, and shapes that do not fit', () => {
      const prototypes = tensor2d(classes);
      const outputs = tensor2d([[1, 2, 3]]);
      for (const scale of [0, -1, NaN, Infinity]) {
        expect(() => cosineSoftmaxLoss(outputs, labelsOf(0), { prototypes, scale })).toThrow(
          `scale must be a finite number above 0, and is ${scale}`,
        );
      }
      expect(() => cosineSoftmaxLoss(tensor2d([[1, 2]]), labelsOf(0), { prototypes })).toThrow(
        'prototypes must be a matrix with rows of 2; its shape is [3, 3]',
      );
      expect(() => cosineSoftmaxLoss(outputs, tensor1d([0]), { prototypes })).toThrow('labels must be int32');
      expect(() =>
        cosineSoftmaxLoss(outputs, labelsOf(0), { prototypes, classWeights: tensor1d([1]) }),
      ).toThrow('classWeights must be a vector of 3');
      expect(() => cosineSoftmaxLoss(outputs, labelsOf(0), { prototypes, ignoredLabel: 0.5 })).toThrow(
        'ignoredLabel must be an integer, and is 0.5',
      );
    });
  });
});
