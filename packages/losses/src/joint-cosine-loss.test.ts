import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import { grad, sum, type Tensor, tensor1d, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { expectGolden, expectGradients } from '../test/expect-gradient.js';
import { goldenCase } from '../test/golden-case.js';
import { referenceCosine } from '../test/reference-cosine.js';
import { jointCosineLoss } from './joint-cosine-loss.js';

const labelsOf = (...labels: number[]) => tensor1d(labels, 'int32');

forEachBackend(backends, () => {
  describe('jointCosineLoss', () => {
    const circle = [
      [1, 0],
      [0, 1],
    ];

    it('weighs the two tasks by name', () => {
      const outputs = tensor2d([[0, 3, 0]]);
      const targets = { labels: labelsOf(1), values: tensor1d([0.5]) };
      const loss = (classification: number, regression: number) =>
        jointCosineLoss(outputs, targets, {
          prototypes: tensor2d(circle),
          weights: { classification, regression },
        });
      expect(loss(1, 0)).toBeClose([1]);
      expect(loss(0, 1)).toBeClose([0.25]);
      expect(loss(2, 4)).toBeClose([3]);
    });

    it('agrees with the float64 value and gradient', () => {
      const golden = goldenCase('hyperspherical_joint_sum');
      const targets = { labels: labelsOf(...golden.labels), values: tensor1d(golden.targets) };
      const weights = { classification: golden.weight, regression: 1 - golden.weight };
      expectGolden(
        (x) => sum(jointCosineLoss(x, targets, { prototypes: tensor2d(golden.prototypes), weights })),
        golden,
      );
    });

    it('agrees with plain JavaScript and its finite differences, in both layouts', () => {
      const weights = { classification: 0.6, regression: 0.4 };
      const regression = (z: number[]) => 0.4 * (0.3 - referenceCosine(z, [1, 0, 0])) ** 2;
      const targets = { labels: labelsOf(1), values: tensor1d([0.3]) };
      expectGradients(
        {
          loss: (x) => sum(jointCosineLoss(x, targets, { prototypes: tensor2d(circle), weights })),
          plain: ([z]) => regression(z!) + 0.6 * (1 - referenceCosine(z!.slice(1), circle[1]!)) ** 2,
        },
        1,
        3,
        21,
        ([z]) => Math.hypot(z![1]!, z![2]!) > 0.1,
      );
      const shared = [
        [0, 1, 0],
        [1, 1, 1],
      ];
      expectGradients(
        {
          loss: (x) =>
            sum(jointCosineLoss(x, targets, { prototypes: tensor2d(shared), weights, layout: 'shared' })),
          plain: ([z]) => regression(z!) + 0.6 * (1 - referenceCosine(z!, shared[1]!)) ** 2,
        },
        1,
        3,
        22,
      );
    });

    it('ignores labels in the classification alone', () => {
      const outputs = tensor2d([[0, 3, 0]]);
      const loss = jointCosineLoss(
        outputs,
        { labels: labelsOf(-1), values: tensor1d([1]) },
        {
          prototypes: tensor2d(circle),
          weights: { classification: 0.5, regression: 0.5 },
          ignoredLabel: -1,
        },
      );
      expect(loss).toBeClose([0.5]);
    });

    it('leaves no tensor behind, also with its gradient', () => {
      const outputs = tensor2d([[1, 2, 3]]);
      const targets = { labels: labelsOf(0), values: tensor1d([0]) };
      const options = { prototypes: tensor2d(circle), weights: { classification: 1, regression: 1 } };
      expect(tensorsLeft(() => jointCosineLoss(outputs, targets, options))).toBe(0);
      const gradient = grad((x: Tensor) => sum(jointCosineLoss(x as Tensor2D, targets, options)));
      expect(tensorsLeft(() => gradient(outputs))).toBe(0);
    });

    it('refuses negative weights, weights that are both 0, and prototypes of another width', () => {
      const outputs = tensor2d([[1, 2, 3]]);
      const targets = { labels: labelsOf(0), values: tensor1d([0]) };
      const withWeights = (classification: number, regression: number) => () =>
        jointCosineLoss(outputs, targets, {
          prototypes: tensor2d(circle),
          weights: { classification, regression },
        });
      expect(withWeights(-1, 1)).toThrow(
        'weights.classification must be a finite number of at least 0, and is -1',
      );
      expect(withWeights(0, 0)).toThrow('weights must not both be 0');
      expect(() =>
        jointCosineLoss(outputs, targets, {
          prototypes: tensor2d(circle),
          weights: { classification: 1, regression: 1 },
          layout: 'shared',
        }),
      ).toThrow('prototypes must be a matrix with rows of 3; its shape is [2, 2]');
    });
  });
});
