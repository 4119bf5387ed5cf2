import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import {
  getBackend,
  grad,
  grads,
  sum,
  type Tensor,
  type Tensor1D,
  tensor1d,
  tensor2d,
  type Tensor2D,
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
import { arcFaceLoss } from './arc-face-loss.js';
import { reduce } from './reduce.js';

const labelsOf = (...labels: number[]) => tensor1d(labels, 'int32');
const axes = [
  [1, 0],
  [0, 1],
];

/** The cosine of the right class after the margin, in float64. */
function changedCosine(cosine: number, margin: number): number {
  const angle = Math.acos(cosine);
  return angle + margin < Math.PI ? Math.cos(angle + margin) : cosine - margin * Math.sin(margin);
}

forEachBackend(backends, () => {
  describe('arcFaceLoss', () => {
    it('adds the margin to the angle with the right class', () => {
      const outputs = tensor2d([[1, 1]]);
      const options = { prototypes: tensor2d(axes), scale: 2, margin: Math.PI / 4 };
      // 45 degrees become 90: cosine 0 against cosine sqrt(1/2)
      expect(arcFaceLoss(outputs, labelsOf(0), options)).toBeClose([Math.log(1 + Math.exp(Math.SQRT2))]);
    });

    it('agrees with the float64 value and gradient', () => {
      const golden = goldenCase('arcface');
      const options = { prototypes: tensor2d(golden.prototypes), scale: golden.scale, margin: golden.margin };
      expectGolden((x) => reduce(arcFaceLoss(x, labelsOf(...golden.labels), options), 'mean'), golden);
    });

    it.each([0.5, 1.2, 2.5])(
      'agrees with plain JavaScript on seeded rows, also past pi, at margin %f',
      (margin) => {
        const labels = [1, 0];
        expectGradients(
          {
            loss: (x) =>
              sum(arcFaceLoss(x, labelsOf(...labels), { prototypes: tensor2d(axes), scale: 3, margin })),
            plain: (rows) =>
              referenceCosines(rows, axes).reduce((total, cosines, row) => {
                const label = labels[row]!;
                const logits = cosines.map(
                  (each, k) => 3 * (k === label ? changedCosine(each, margin) : each),
                );
                return total + referenceCrossEntropy(logits, label);
              }, 0),
          },
          2,
          2,
          14,
        );
      },
    );

    it('is the same with one margin for all classes and with equal margins a class', () => {
      const prototypes = tensor2d(axes);
      const outputs = tensor2d([
        [1, 2],
        [-2, 0.1],
      ]);
      const labels = labelsOf(0, 0);
      const loss = arcFaceLoss(outputs, labels, { prototypes, scale: 8, margin: 0.4 });
      const perClass = arcFaceLoss(outputs, labels, { prototypes, scale: 8, margin: tensor1d([0.4, 0.4]) });
      // Sines and cosines of tensors are exact to 2^-11 on WebGL, and the scale multiplies both.
      const tolerance = getBackend() === 'webgl' ? { absolute: 2 * 8 * 2 ** -11 } : {};
      expect(perClass).toBeClose(loss.arraySync(), tolerance);
    });

    it('has finite values and gradients at cosines of +-1 and at zero, at scale 64', () => {
      const prototypes = tensor2d([
        [0.6, 0.8],
        [-0.8, 0.6],
      ]);
      const loss = (x: Tensor) => arcFaceLoss(x as Tensor2D, labelsOf(0, 0, 0, 0), { prototypes });
      const outputs = tensor2d([
        [0.6, 0.8],
        [-3, -4],
        [0, 0],
        [0.6000001, 0.8],
      ]);
      const numbers = [...loss(outputs).dataSync(), ...grad((x: Tensor) => sum(loss(x)))(outputs).dataSync()];
      expect(numbers.every(Number.isFinite)).toBe(true);
    });

    it('leaves no tensor behind, also with its gradient', () => {
      const prototypes = tensor2d(axes);
      const outputs = tensor2d(axes);
      const labels = labelsOf(1, 1);
      expect(tensorsLeft(() => arcFaceLoss(outputs, labels, { prototypes }))).toBe(0);
      const gradient = grad((x: Tensor) => sum(arcFaceLoss(x as Tensor2D, labels, { prototypes })));
      expect(tensorsLeft(() => gradient(outputs))).toBe(0);
    });

    it('gives the same values and gradients in blocks of rows, by margins too', () => {
      const inputs = [
        tensor2d([
          [1, 0.2],
          [-1, 0.5],
          [0.3, 0.4],
        ]),
        tensor2d(axes),
        tensor1d([0.2, 0.6]),
      ];
      const gradients = (rowsAtOnce: number) =>
        grads((x: Tensor, prototypes: Tensor, margin: Tensor) =>
          sum(
            arcFaceLoss(x as Tensor2D, labelsOf(0, 1, 1), {
              prototypes: prototypes as Tensor2D,
              margin: margin as Tensor1D,
              scale: 4,
              rowsAtOnce,
            }),
          ),
        )(inputs);
      for (const rowsAtOnce of [1, 2]) {
        const whole = gradients(3);
        gradients(rowsAtOnce).forEach((gradient, index) => {
          expect(gradient).toBeClose(whole[index]!.arraySync());
        });
        expect(tensorsLeft(() => gradients(rowsAtOnce))).toBe(0);
      }
    });

    it('refuses a margin of pi or more', () => {
      const prototypes = tensor2d(axes);
      expect(() => arcFaceLoss(tensor2d(axes), labelsOf(0, 1), { prototypes, margin: 4 })).toThrow(
        'margin must be a finite number of at least 0 and below 3.14',
      );
    });
  });
});
