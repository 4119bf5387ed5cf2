import { forEachBackend } from '@hyperspherical/testing';
import { grads, type Tensor, tensor1d, tensor2d, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import * as losses from './index.js';

const none = (columns: number): Tensor2D => tensor2d([], [0, columns]);
const noNumbers = (): Tensor1D => tensor1d([]);
const noLabels = (): Tensor1D => tensor1d([], 'int32');
const prototypes = (): Tensor2D =>
  tensor2d([
    [1, 0],
    [0, 1],
    [-1, 0],
  ]);

interface Case {
  readonly inputs: () => Tensor[];
  readonly loss: (inputs: Tensor[]) => Tensor1D;
}
const pair = (loss: (x: Tensor2D, y: Tensor2D) => Tensor1D): Case => ({
  inputs: () => [none(2), none(2)],
  loss: ([x, y]) => loss(x as Tensor2D, y as Tensor2D),
});
const classes = (loss: (x: Tensor2D, prototypes: Tensor2D, margin: Tensor1D) => Tensor1D): Case => ({
  inputs: () => [none(2), prototypes()],
  loss: ([x, p]) => loss(x as Tensor2D, p as Tensor2D, tensor1d([0.1, 0.2, 0.3])),
});
const cases: Record<string, Case> = {
  alignmentLoss: pair(losses.alignmentLoss),
  'alignmentLoss with alpha 1': pair((x, y) => losses.alignmentLoss(x, y, { alpha: 1 })),
  arcFaceLoss: classes((x, p, margin) => losses.arcFaceLoss(x, noLabels(), { prototypes: p, margin })),
  busemannLoss: pair(losses.busemannLoss),
  cosFaceLoss: classes((x, p) => losses.cosFaceLoss(x, noLabels(), { prototypes: p, ignoredLabel: -1 })),
  cosineRegressionLoss: {
    inputs: () => [none(2), tensor1d([1, 0])],
    loss: ([x, pole]) => losses.cosineRegressionLoss(x as Tensor2D, noNumbers(), { pole: pole as Tensor1D }),
  },
  cosineScoresLoss: {
    inputs: () => [none(3)],
    loss: ([x]) => losses.cosineScoresLoss(x as Tensor2D, noLabels(), { loss: 'arcface', scale: 8 }),
  },
  cosineSimilarity: pair(losses.cosineSimilarity),
  cosineSoftmaxLoss: classes((x, p) =>
    losses.cosineSoftmaxLoss(x, noLabels(), { prototypes: p, classWeights: tensor1d([1, 2, 3]) }),
  ),
  dotRegressionLoss: pair(losses.dotRegressionLoss),
  jointCosineLoss: classes((x, p) =>
    losses.jointCosineLoss(
      x,
      { labels: noLabels(), values: noNumbers() },
      { prototypes: p, layout: 'shared', weights: { classification: 1, regression: 1 } },
    ),
  ),
  ntXentLoss: pair(losses.ntXentLoss),
  ordinalCrossEntropy: pair(losses.ordinalCrossEntropy),
  softmaxCrossEntropy: {
    inputs: () => [none(3)],
    loss: ([x]) => losses.softmaxCrossEntropy(x as Tensor2D, noLabels()),
  },
  squaredCosineLoss: pair(losses.squaredCosineLoss),
  squaredError: pair(losses.squaredError),
  'squaredError of vectors': {
    inputs: () => [noNumbers(), noNumbers()],
    loss: ([x, y]) => losses.squaredError(x as Tensor1D, y as Tensor1D),
  },
};

forEachBackend(backends, () => {
  describe.each(Object.entries(cases))('%s of an empty batch', (_name, { inputs, loss }) => {
    it('is empty, and its gradient is that of nothing', () => {
      const given = inputs();
      expect(loss(given).shape).toEqual([0]);
      expect(losses.reduce(loss(given), 'sum').arraySync()).toBe(0);
      const gradients = grads((...all: Tensor[]) => losses.reduce(loss(all), 'sum'))(given);
      for (const [index, gradient] of gradients.entries()) {
        expect(gradient.shape).toEqual(given[index]!.shape);
        expect([...gradient.dataSync()].every((each) => each === 0)).toBe(true);
      }
    });
  });

  describe('an empty batch', () => {
    it('has no mean, but one of 0 by its weights, as every batch that nothing counts in', () => {
      expect(() => losses.reduce(noNumbers(), 'mean')).toThrow(
        new RangeError('values are empty, and have no mean; skip empty batches or reduce by sum'),
      );
      expect(losses.reduce(noNumbers(), 'mean', { weights: noNumbers() }).arraySync()).toBe(0);
    });

    it('has no pairs', () => {
      for (const loss of [
        () => losses.supervisedContrastiveLoss(none(2), noLabels()),
        () => losses.uniformityLoss(none(2)),
      ]) {
        expect(loss).toThrow(new RangeError('outputs must have at least 2 rows, and have 0'));
      }
    });

    it('has empty weights, labels, soft labels and directions', () => {
      expect(
        losses.exampleWeights(noLabels(), { classWeights: tensor1d([1, 2]), ignoredLabel: -1 }).shape,
      ).toEqual([0]);
      expect(losses.countedLabels(noLabels(), -1).shape).toEqual([0]);
      expect(losses.ordinalSoftLabels(noLabels(), 4).shape).toEqual([0, 4]);
      expect(losses.normaliseRows(none(3)).shape).toEqual([0, 3]);
    });
  });
});
