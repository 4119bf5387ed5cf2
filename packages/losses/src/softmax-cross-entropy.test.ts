import { finiteDifferences, forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import { grad, sum, type Tensor, tensor1d, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reduce } from './reduce.js';
import { softmaxCrossEntropy } from './softmax-cross-entropy.js';
import { backends } from '../test/backends.js';
import { goldenCase } from '../test/golden-case.js';

const labelsOf = (...labels: number[]) => tensor1d(labels, 'int32');

forEachBackend(backends, () => {
  describe('softmaxCrossEntropy', () => {
    it('is log K for K equal logits', () => {
      expect(softmaxCrossEntropy(tensor2d([[5, 5, 5]]), labelsOf(2))).toBeClose([Math.log(3)], {
        dtype: 'float32',
      });
    });

    it('agrees with the float64 value and gradient', () => {
      const golden = goldenCase('softmax_cross_entropy_mean');
      const loss = (logits: Tensor) =>
        reduce(softmaxCrossEntropy(logits as Tensor2D, labelsOf(...golden.labels)), 'mean');
      expect(loss(tensor2d(golden.x))).toBeClose(golden.value);
      expect(grad(loss)(tensor2d(golden.x))).toBeClose(golden.grad);
    });

    it('agrees with plain JavaScript and its finite differences on seeded logits', () => {
      const logit = fc.double({ min: -8, max: 8, noNaN: true });
      fc.assert(
        fc.property(
          fc.tuple(logit, logit, logit, logit),
          fc.integer({ min: 0, max: 3 }),
          (numbers, label) => {
            const x = Float32Array.from(numbers);
            const plain = (logits: ArrayLike<number>) =>
              Math.log(Array.from(logits).reduce((total, each) => total + Math.exp(each), 0)) -
              logits[label]!;
            const loss = (logits: Tensor) => sum(softmaxCrossEntropy(logits as Tensor2D, labelsOf(label)));
            expect(loss(tensor2d([numbers]))).toBeClose(plain(x));
            expect(grad(loss)(tensor2d([numbers]))).toBeClose([Array.from(finiteDifferences(plain, x))], {
              relative: 1e-4,
            });
          },
        ),
        { seed: 3, numRuns: 25 },
      );
    });

    it('is finite for logits of thousands, and leaves out classes at -Infinity', () => {
      const loss = (logits: Tensor) => sum(softmaxCrossEntropy(logits as Tensor2D, labelsOf(0, 0)));
      const logits = tensor2d([
        [1e4, -1e4, 0],
        [1, 1, -Infinity],
      ]);
      expect(loss(logits)).toBeClose(Math.log(2));
      expect(grad(loss)(logits)).toBeClose([
        [0, 0, 0],
        [-0.5, 0.5, 0],
      ]);
    });

    it('leaves no tensor behind, also with its gradient', () => {
      const logits = tensor2d([[1, 2]]);
      const labels = labelsOf(1);
      expect(tensorsLeft(() => softmaxCrossEntropy(logits, labels))).toBe(0);
      const gradient = grad((x: Tensor) => sum(softmaxCrossEntropy(x as Tensor2D, labels)));
      expect(tensorsLeft(() => gradient(logits))).toBe(0);
    });

    it('refuses labels of another dtype or number, and a single class', () => {
      const logits = tensor2d([[1, 2]]);
      expect(() => softmaxCrossEntropy(logits, tensor1d([1]))).toThrow(
        'labels must be int32, and are float32; cast them with labels.toInt()',
      );
      expect(() => softmaxCrossEntropy(logits, labelsOf(1, 1))).toThrow('labels must be a vector of 1');
      expect(() => softmaxCrossEntropy(tensor1d([1]) as unknown as Tensor2D, labelsOf(0))).toThrow(
        RangeError,
      );
      expect(() => softmaxCrossEntropy(tensor2d([[1]]), labelsOf(0))).toThrow(
        'logits must have at least 2 classes, and have 1',
      );
    });
  });
});
