import { randomUniform, variableGrads, sum, square, type Scalar, type Tensor4D } from '@tensorflow/tfjs-core';
import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import { createBackbone } from './create-backbone.js';

const images = (batch: number, size: number): Tensor4D =>
  randomUniform([batch, size, size, 3], -1, 1, 'float32', 7);

forEachBackend(backends, () => {
  describe('createBackbone', () => {
    it('builds the ResNet-32 of Hyperspherical Prototype Networks with 489,986 parameters', () => {
      const backbone = createBackbone({ kind: 'cifar-resnet', depth: 32, outputDimensions: 50 });
      expect(backbone.parameterCount).toBe(489_986);
      backbone.dispose();
    });

    it('gives features [batch, outputDimensions] and leaves no tensor', () => {
      const backbone = createBackbone({ kind: 'cifar-resnet', depth: 8, width: 4, outputDimensions: 5 });
      const x = images(2, 8);
      for (const training of [false, true]) {
        expect(backbone.apply(x, { training }).shape).toEqual([2, 5]);
        expect(tensorsLeft(() => backbone.apply(x, { training }))).toBe(0);
        expect(
          tensorsLeft(() => {
            const { value, grads } = variableGrads(() =>
              sum<Scalar>(square(backbone.apply(x, { training }))),
            );
            return [value, ...Object.values(grads)];
          }),
        ).toBe(0);
      }
    });
  });
});
