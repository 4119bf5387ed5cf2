import { forEachBackend } from '@hyperspherical/testing';
import { grad, sum, type Tensor, tensor1d, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import {
  expectGolden,
  expectGradients,
  referenceCosines,
  referenceCrossEntropy,
} from '../test/expect-gradient.js';
import { goldenCase } from '../test/golden-case.js';
import { cosFaceLoss } from './cos-face-loss.js';
import { cosineSoftmaxLoss } from './cosine-softmax-loss.js';
import { reduce } from './reduce.js';

const labelsOf = (...labels: number[]) => tensor1d(labels, 'int32');
const axes = [
  [1, 0],
  [0, 1],
];

forEachBackend(backends, () => {
  describe('cosFaceLoss', () => {
    it('takes the margin off the cosine of the right class', () => {
      const loss = cosFaceLoss(tensor2d([[2, 0]]), labelsOf(0), {
        prototypes: tensor2d(axes),
        scale: 4,
        margin: 0.25,
      });
      expect(loss).toBeClose([Math.log(1 + Math.exp(-3))]);
    });

    it('agrees with the float64 value and gradient', () => {
      const golden = goldenCase('cosface');
      const options = { prototypes: tensor2d(golden.prototypes), scale: golden.scale, margin: golden.margin };
      expectGolden((x) => reduce(cosFaceLoss(x, labelsOf(...golden.labels), options), 'mean'), golden);
    });

    it('agrees with plain JavaScript and its finite differences on seeded rows, with a margin a class', () => {
      const margins = [0.1, 0.5];
      const labels = [1, 0];
      expectGradients(
        {
          loss: (x) =>
            sum(
              cosFaceLoss(x, labelsOf(...labels), {
                prototypes: tensor2d(axes),
                scale: 3,
                margin: tensor1d(margins),
              }),
            ),
          plain: (rows) =>
            referenceCosines(rows, axes).reduce((total, cosines, row) => {
              const label = labels[row]!;
              const logits = cosines.map((each, k) => 3 * (k === label ? each - margins[label]! : each));
              return total + referenceCrossEntropy(logits, label);
            }, 0),
        },
        2,
        2,
        13,
      );
    });

    it('is cosineSoftmaxLoss when the margin is 0, and finite at scale 64', () => {
      const prototypes = tensor2d(axes);
      const outputs = tensor2d([
        [0.1, 2],
        [0, 0],
      ]);
      const plain = cosineSoftmaxLoss(outputs, labelsOf(0, 1), { prototypes, scale: 64 });
      expect(cosFaceLoss(outputs, labelsOf(0, 1), { prototypes, margin: 0 })).toBeClose(plain.arraySync());
      const gradient = grad((x: Tensor) => sum(cosFaceLoss(x as Tensor2D, labelsOf(0, 1), { prototypes })));
      expect(Array.from(gradient(outputs).dataSync()).every(Number.isFinite)).toBe(true);
    });

    it('refuses a negative margin, and margins of another number', () => {
      const prototypes = tensor2d(axes);
      expect(() => cosFaceLoss(tensor2d(axes), labelsOf(0, 1), { prototypes, margin: -0.1 })).toThrow(
        'margin must be a finite number of at least 0, and is -0.1',
      );
      expect(() =>
        cosFaceLoss(tensor2d(axes), labelsOf(0, 1), { prototypes, margin: tensor1d([1]) }),
      ).toThrow('margin must be a vector of 2');
    });
  });
});
