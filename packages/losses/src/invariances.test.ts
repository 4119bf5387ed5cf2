import { forEachBackend } from '@hyperspherical/testing';
import {
  gather,
  matMul,
  mul,
  randomNormal,
  type Rank,
  reshape,
  type Tensor1D,
  tensor1d,
  tensor2d,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { alignmentLoss } from './alignment-loss.js';
import { arcFaceLoss } from './arc-face-loss.js';
import { cosFaceLoss } from './cos-face-loss.js';
import { cosineSoftmaxLoss } from './cosine-softmax-loss.js';
import { dotRegressionLoss } from './dot-regression-loss.js';
import { ntXentLoss } from './nt-xent-loss.js';
import { squaredCosineLoss } from './squared-cosine-loss.js';
import { supervisedContrastiveLoss } from './supervised-contrastive-loss.js';
import { uniformityLoss } from './uniformity-loss.js';

const someLabels = () => tensor1d([0, 2, 1, 0], 'int32');
type Loss = (outputs: Tensor2D, classes: Tensor2D, labels: Tensor1D) => Tensor1D;
const targets = (classes: Tensor2D, of: Tensor1D) => gather(classes, of);

/** Losses of directions alone: outputs and class vectors in, a value an example out. */
const losses: Record<string, Loss> = {
  squaredCosineLoss: (x, classes, of) => squaredCosineLoss(x, targets(classes, of)),
  dotRegressionLoss: (x, classes, of) => dotRegressionLoss(x, targets(classes, of)),
  alignmentLoss: (x, classes, of) => alignmentLoss(x, targets(classes, of)),
  cosineSoftmaxLoss: (x, prototypes, of) => cosineSoftmaxLoss(x, of, { prototypes }),
  cosFaceLoss: (x, prototypes, of) => cosFaceLoss(x, of, { prototypes, scale: 8 }),
  arcFaceLoss: (x, prototypes, of) => arcFaceLoss(x, of, { prototypes, scale: 8 }),
  supervisedContrastiveLoss: (x, _classes, of) => supervisedContrastiveLoss(x, of, { temperature: 0.5 }),
  uniformityLoss: (x) => reshape<Rank.R1>(uniformityLoss(x), [1]),
};
const within = { relative: 1e-4, absolute: 1e-4 };

forEachBackend(backends, () => {
  describe.each(Object.entries(losses))('%s', (_name, loss) => {
    it('does not change with the length of outputs, nor with a rotation of space', () => {
      fc.assert(
        fc.property(
          fc.nat(1000),
          fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
          fc.double({ min: 0, max: 6.28, noNaN: true }),
          (seed, factor, angle) => {
            const outputs = randomNormal<Rank.R2>([4, 3], 0, 1, 'float32', seed + 1);
            const classes = randomNormal<Rank.R2>([3, 3], 0, 1, 'float32', seed + 2);
            const labels = someLabels();
            const value = loss(outputs, classes, labels).arraySync();
            expect(loss(mul(outputs, factor), classes, labels)).toBeClose(value, within);
            const [c, s] = [Math.cos(angle), Math.sin(angle)];
            const rotation = tensor2d([
              [c, -s, 0],
              [s, c, 0],
              [0, 0, 1],
            ]);
            const rotated = loss(matMul(outputs, rotation), matMul(classes, rotation), labels);
            expect(rotated).toBeClose(value, within);
          },
        ),
        { seed: 41, numRuns: 8 },
      );
    });

    it('follows a permutation of the batch', () => {
      const outputs = randomNormal<Rank.R2>([4, 3], 0, 1, 'float32', 5);
      const classes = randomNormal<Rank.R2>([3, 3], 0, 1, 'float32', 6);
      const labels = someLabels();
      const order = [2, 0, 3, 1];
      const indices = tensor1d(order, 'int32');
      const value = loss(outputs, classes, labels).arraySync();
      const permuted = loss(gather(outputs, indices), classes, gather(labels, indices));
      expect(permuted).toBeClose(value.length === 1 ? value : order.map((index) => value[index]!), within);
    });
  });

  describe('ntXentLoss', () => {
    it('follows a permutation of the examples', () => {
      const outputs = randomNormal<Rank.R2>([3, 4], 0, 1, 'float32', 7);
      const others = randomNormal<Rank.R2>([3, 4], 0, 1, 'float32', 8);
      const order = tensor1d([1, 2, 0], 'int32');
      const value = ntXentLoss(outputs, others).arraySync();
      const permuted = ntXentLoss(gather(outputs, order), gather(others, order));
      expect(permuted).toBeClose([1, 2, 0, 4, 5, 3].map((index) => value[index]!));
    });
  });
});
