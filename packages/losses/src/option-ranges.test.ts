import { forEachBackend } from '@hyperspherical/testing';
import {
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
import * as losses from './index.js';

const rows = (): Tensor2D =>
  tensor2d([
    [1, 0.2],
    [-1, 0.3],
    [0.5, -2],
  ]);
const labels = (): Tensor1D => tensor1d([0, 1, 0], 'int32');

/** Losses by the option that float32 has to compute with. */
const byOption: Record<string, (x: Tensor2D, value: number) => Tensor> = {
  scale: (x, scale) => losses.cosineSoftmaxLoss(x, labels(), { prototypes: rows(), scale }),
  'scale of cosFaceLoss': (x, scale) => losses.cosFaceLoss(x, labels(), { prototypes: rows(), scale }),
  'scale of arcFaceLoss': (x, scale) => losses.arcFaceLoss(x, labels(), { prototypes: rows(), scale }),
  temperature: (x, temperature) => losses.supervisedContrastiveLoss(x, labels(), { temperature }),
  'temperature of ntXentLoss': (x, temperature) => losses.ntXentLoss(x, rows(), { temperature }),
  t: (x, t) => losses.uniformityLoss(x, { t }),
  outputLength: (x, outputLength) => losses.dotRegressionLoss(x, rows(), { outputLength }),
};

forEachBackend(backends, () => {
  describe.each(Object.entries(byOption))('%s', (name, loss) => {
    it('keeps values and gradients finite from 1e-30 to 1e30, and is refused beyond', () => {
      for (const value of [1e-30, 1e30]) {
        const numbers = [loss(rows(), value), grad((x: Tensor) => sum(loss(x as Tensor2D, value)))(rows())];
        expect(numbers.flatMap((each) => [...each.dataSync()]).every(Number.isFinite)).toBe(true);
      }
      const option = name.split(' ')[0]!;
      for (const value of [1e-50, 1e39, 1e300]) {
        expect(() => loss(rows(), value)).toThrow(
          new RangeError(`${option} must be from 1e-30 to 1e+30, and is ${value}`),
        );
      }
    });
  });

  describe('options', () => {
    it('are refused where they would leave float32', () => {
      expect(() => losses.busemannLoss(rows(), rows(), { penalty: 1e31 })).toThrow(
        'penalty must be at most 1e+30, and is 1e+31',
      );
      expect(() => losses.alignmentLoss(rows(), rows(), { alpha: 101 })).toThrow(
        'alpha must be at most 100, and is 101',
      );
      expect(() =>
        losses.dotRegressionLoss(rows(), rows(), { outputLength: 1e20, targetLength: 1e20 }),
      ).toThrow('outputLength x targetLength must be from 1e-30 to 1e+30, and is 1e+40');
    });

    it('are refused by name where they are words that nothing means', () => {
      for (const loss of ['softmax', 'toString']) {
        expect(() =>
          losses.cosineScoresLoss(rows(), labels(), { loss: loss as 'arcface', scale: 1 }),
        ).toThrow(new RangeError(`loss is "${loss}"; it can be cosine-softmax, cosface, arcface`));
        expect(() => losses.ordinalSoftLabelTable(3, { distance: loss as 'absolute' })).toThrow(
          `distance must be a function or one of absolute, squared, squared-log, not "${loss}"`,
        );
      }
      const targets = { labels: labels(), values: tensor1d([0, 0, 0]) };
      const options = { prototypes: rows(), weights: { classification: 1, regression: 1 } };
      expect(() =>
        losses.jointCosineLoss(rows(), targets, { ...options, layout: 'both' as 'shared' }),
      ).toThrow('layout is "both"; it can be separate or shared');
      expect(() => losses.jointCosineLoss(tensor2d([[1], [2], [3]]), targets, options)).toThrow(
        'outputs must have at least 2 columns in the separate layout, and have 1',
      );
    });

    it('have no rows without columns to go with', () => {
      const none = tensor2d([], [3, 0]);
      expect(() => losses.normaliseRows(none)).toThrow(
        'rows must have at least one column; its shape is [3, 0]',
      );
      expect(() => losses.squaredError(none, none)).toThrow('outputs must have at least one column');
    });
  });

  describe('a class that is ruled out by -Infinity', () => {
    it('spoils neither an example whose label is ignored, nor the gradients', () => {
      const logits = tensor2d([
        [-Infinity, 1, 2],
        [-Infinity, 0, 0],
      ]);
      const loss = (x: Tensor) =>
        sum(losses.softmaxCrossEntropy(x as Tensor2D, tensor1d([-1, 1], 'int32'), { ignoredLabel: -1 }));
      expect(loss(logits)).toBeClose(Math.LN2);
      expect(grad(loss)(logits)).toBeClose([
        [0, 0, 0],
        [0, -0.5, 0.5],
      ]);
    });

    it('takes no part in soft labels that give it nothing', () => {
      const inputs = [tensor2d([[-Infinity, 0, 0]]), tensor2d([[0, 1, 0]])];
      const [ofLogits, ofLabels] = grads((x: Tensor, y: Tensor) =>
        sum(losses.ordinalCrossEntropy(x as Tensor2D, y as Tensor2D)),
      )(inputs);
      expect(ofLogits).toBeClose([[0, -0.5, 0.5]]);
      expect(ofLabels).toBeClose([[0, Math.LN2, Math.LN2]]);
    });
  });

  it('a margin that nothing is changed by has gradient 0', () => {
    const ofMargin = grad((margin: Tensor) =>
      sum(
        losses.cosineScoresLoss(tensor2d([[0.5, 0.1]]), tensor1d([0], 'int32'), {
          loss: 'cosine-softmax',
          scale: 3,
          margin: margin as Tensor1D,
        }),
      ),
    )(tensor1d([0.1, 0.2]));
    expect(ofMargin).toBeClose([0, 0]);
  });
});
