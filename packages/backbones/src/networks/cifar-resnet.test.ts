import { finiteDifferences, forEachBackend } from '@hyperspherical/testing';
import { dispose, mul, sum, tensor2d, tensor4d, variableGrads, type Scalar } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../../test/backends.js';
import { referenceCifarResnet } from '../../test/reference-cifar-resnet.js';
import { createBackbone } from '../create-backbone.js';

const parametersOf = (options: Parameters<typeof createBackbone>[0]): number => {
  const backbone = createBackbone(options);
  backbone.dispose();
  return backbone.parameterCount;
};

describe('the parameters of a cifar-resnet', () => {
  it('are 489,986 in the ResNet-32 of Hyperspherical Prototype Networks with 50 outputs', () => {
    expect(parametersOf({ kind: 'cifar-resnet', depth: 32, outputDimensions: 50 })).toBe(489_986);
  });

  // He et al. count 0.27, 0.46, 0.66, 0.85 and 1.7 million; the exact numbers are those of option A in PyTorch.
  it.each([
    [20, 269_722],
    [32, 464_154],
    [44, 658_586],
    [56, 853_018],
    [110, 1_727_962],
  ])('are those of He et al. for depth %i and zero-padded shortcuts', (depth, count) => {
    expect(parametersOf({ kind: 'cifar-resnet', depth, outputDimensions: 10, shortcut: 'padding' })).toBe(
      count,
    );
  });

  it('grow by two 1x1 convolutions and their normalisations with projections', () => {
    const padding = parametersOf({
      kind: 'cifar-resnet',
      depth: 20,
      outputDimensions: 10,
      shortcut: 'padding',
    });
    expect(
      parametersOf({ kind: 'cifar-resnet', depth: 20, outputDimensions: 10, shortcut: 'projection' }),
    ).toBe(padding + (16 * 32 + 2 * 32) + (32 * 64 + 2 * 64));
  });
});

forEachBackend(backends, () => {
  describe('a cifar-resnet', () => {
    it('computes what a recomputation in float64 does, with the gradients that its differences have', () => {
      const options = { depth: 8, width: 2, outputDimensions: 3 };
      const backbone = createBackbone({ kind: 'cifar-resnet', ...options, seed: 5 });
      const shape: [number, number, number, number] = [2, 8, 8, 3];
      const values = Float64Array.from({ length: 384 }, (_, index) => Math.fround(Math.sin(index ** 2)));
      const weighting = Float64Array.from({ length: 6 }, (_, index) => Math.fround(Math.cos(index)));
      const images = tensor4d(Float32Array.from(values), shape);
      const named = backbone
        .weights()
        .map(({ name, values: own }) => ({ name, values: Float64Array.from(own) }));

      const outputs = backbone.apply(images, { training: true });
      const wanted = referenceCifarResnet({ shape, values }, named, options);
      expect(outputs.dataSync()).toBeClose(wanted, { absolute: 1e-5 });

      const { grads } = variableGrads(() =>
        sum<Scalar>(
          mul(backbone.apply(images, { training: true }), tensor2d(Float32Array.from(weighting), [2, 3])),
        ),
      );
      for (const name of [
        'stem.filter',
        'stages.1.blocks.0.shortcut.filter',
        'stages.2.blocks.0.second.scale',
        'output.bias',
      ]) {
        const index = named.findIndex((weight) => weight.name === name);
        const gradient = finiteDifferences((changed) => {
          const weights = named.map((weight, position) =>
            position === index ? { name, values: Float64Array.from(changed) } : weight,
          );
          return referenceCifarResnet({ shape, values }, weights, options).reduce(
            (total, value, position) => total + value * weighting[position]!,
            0,
          );
        }, named[index]!.values);
        expect(grads[backbone.variables[index]!.name]!.dataSync(), name).toBeClose(gradient, {
          relative: 1e-4,
          absolute: 1e-4,
        });
      }
      dispose([images, outputs, ...Object.values(grads)]);
      backbone.dispose();
    });

    it('passes every second pixel on between channels of zeros with padded shortcuts', () => {
      const backbone = createBackbone({
        kind: 'cifar-resnet',
        depth: 8,
        width: 2,
        outputDimensions: 3,
        shortcut: 'padding',
      });
      const images = tensor4d(
        Float32Array.from({ length: 384 }, (_, index) => Math.sin(index ** 2)),
        [2, 8, 8, 3],
      );
      expect(backbone.weights().some(({ name }) => name.includes('shortcut'))).toBe(false);
      expect(backbone.apply(images, { training: true }).shape).toEqual([2, 3]);
      backbone.dispose();
    });
  });
});
