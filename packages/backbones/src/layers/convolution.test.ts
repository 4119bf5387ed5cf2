import { forEachBackend } from '@hyperspherical/testing';
import { dispose, tensor4d } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backends } from '../../test/backends.js';
import { referenceConvolution } from '../../test/reference-layers.js';
import { createParameters } from '../parameters.js';
import { convolution } from './convolution.js';

forEachBackend(backends, () => {
  describe('convolution', () => {
    it('pads above and to the left where the stride is 2, too', () => {
      const parameters = createParameters({ kind: 'test', seed: 0 });
      const convolve = convolution(parameters, 'c', {
        kernelSize: 3,
        inputChannels: 1,
        outputChannels: 1,
        stride: 2,
      });
      const [{ variable }] = parameters.list as [(typeof parameters.list)[0]];
      variable.assign(tensor4d([1, 1, 1, 1, 1, 1, 1, 1, 1], [3, 3, 1, 1]));
      const image = tensor4d(
        Array.from({ length: 16 }, (_, index) => index),
        [1, 4, 4, 1],
      );
      // Rows -1..1 and 1..3, the same columns: 0+1+4+5, and so on. TensorFlow's 'same' would begin at row 0.
      expect(convolve(image, true)).toBeClose([
        [
          [[10], [24]],
          [[51], [90]],
        ],
      ]);
      variable.dispose();
    });

    it('is the convolution of the definition for every size and stride', () => {
      fc.assert(
        fc.property(
          fc.constantFrom(1, 3, 7),
          fc.constantFrom(1, 2, 3),
          fc.integer({ min: 3, max: 9 }),
          fc.integer({ min: 3, max: 9 }),
          (kernelSize, stride, height, width) => {
            const parameters = createParameters({ kind: 'test', seed: kernelSize });
            const options = { kernelSize, inputChannels: 2, outputChannels: 3, stride };
            const convolve = convolution(parameters, 'c', options);
            const filter = parameters.list[0]!.variable;
            const shape: [number, number, number, number] = [2, height, width, 2];
            const values = Float64Array.from({ length: 4 * height * width }, (_, index) =>
              Math.sin(index ** 2),
            );
            const result = convolve(tensor4d(Float32Array.from(values), shape), true);
            const wanted = referenceConvolution({ shape, values }, filter.dataSync(), {
              kernelSize,
              outputs: 3,
              stride,
            });
            expect(result.shape).toEqual(wanted.shape);
            expect(result.dataSync()).toBeClose(wanted.values, { absolute: 1e-5 });
            dispose([filter, result]);
          },
        ),
        { seed: 1, numRuns: 25 },
      );
    });

    it('begins with the spread that keeps the variance: 2 / (kernelSize^2 channels)', () => {
      const spread = (initialisedOver: 'inputs' | 'outputs'): number => {
        const parameters = createParameters({ kind: 'test', seed: 3 });
        convolution(parameters, 'c', {
          kernelSize: 3,
          inputChannels: 16,
          outputChannels: 64,
          initialisedOver,
        });
        const { variable } = parameters.list[0]!;
        const values = variable.dataSync<'float32'>();
        variable.dispose();
        return values.reduce((total, value) => total + value ** 2, 0) / values.length;
      };
      // 9,216 draws: their variance is known to about 1.5 %.
      expect(spread('outputs')).toBeClose(2 / (9 * 64), { relative: 0.05 });
      expect(spread('inputs')).toBeClose(2 / (9 * 16), { relative: 0.05 });
    });
  });
});
