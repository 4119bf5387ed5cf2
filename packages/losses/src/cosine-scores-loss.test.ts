import { forEachBackend } from '@hyperspherical/testing';
import { grad, matMul, sum, type Tensor, tensor1d, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { arcFaceLoss } from './arc-face-loss.js';
import { cosFaceLoss } from './cos-face-loss.js';
import { cosineScoresLoss } from './cosine-scores-loss.js';
import { cosineSoftmaxLoss } from './cosine-softmax-loss.js';
import { normaliseRows } from './normalise-rows.js';

forEachBackend(backends, () => {
  describe('cosineScoresLoss', () => {
    it.each([
      ['cosine-softmax', cosineSoftmaxLoss],
      ['cosface', cosFaceLoss],
      ['arcface', arcFaceLoss],
    ] as const)('has the values and gradients of the %s loss', (loss, direct) => {
      const prototypes = tensor2d([
        [1, 2],
        [-1, 0.3],
        [0, -1],
      ]);
      const outputs = tensor2d([
        [0.3, 1],
        [-2, -1],
      ]);
      const labels = tensor1d([1, 0], 'int32');
      const options = { scale: 8, margin: 0.3, classWeights: tensor1d([1, 2, 3]) };
      const ofOutputs = (x: Tensor) => sum(direct(x as Tensor2D, labels, { prototypes, ...options }));
      const ofScores = (x: Tensor) => {
        const cosines = matMul<Tensor2D>(
          normaliseRows(x as Tensor2D),
          normaliseRows(prototypes),
          false,
          true,
        );
        return sum(cosineScoresLoss(cosines, labels, { loss, ...options }));
      };
      expect(ofScores(outputs)).toBeClose(ofOutputs(outputs).arraySync());
      expect(grad(ofScores)(outputs)).toBeClose(grad(ofOutputs)(outputs).arraySync());
    });

    it('refuses a scale of 0 and a margin out of range', () => {
      const cosines = tensor2d([[1, 0]]);
      const labels = tensor1d([0], 'int32');
      expect(() => cosineScoresLoss(cosines, labels, { loss: 'cosface', scale: 0 })).toThrow(
        'scale must be a finite number above 0, and is 0',
      );
      expect(() => cosineScoresLoss(cosines, labels, { loss: 'arcface', scale: 1, margin: 4 })).toThrow(
        'margin must be',
      );
    });
  });
});
