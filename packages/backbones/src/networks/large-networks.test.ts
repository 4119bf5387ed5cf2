import { afterEach, describe, expect, it } from 'vitest';
import { zeros, type Rank } from '@tensorflow/tfjs-core';
import '../../test/backends.js';
import type { Backbone, BackboneOptions } from '../backbone.js';
import { createBackbone } from '../create-backbone.js';

let backbone: Backbone | undefined;
afterEach(() => backbone?.dispose());

describe('the parameters of networks for photographs, with 1000 outputs', () => {
  // torchvision's numbers.
  it.each([
    [{ kind: 'resnet', depth: 18, outputDimensions: 1000 }, 11_689_512],
    [{ kind: 'resnet', depth: 34, outputDimensions: 1000 }, 21_797_672],
    [{ kind: 'densenet', depth: 121, outputDimensions: 1000 }, 7_978_856],
    [{ kind: 'densenet', depth: 169, outputDimensions: 1000 }, 14_149_480],
    [{ kind: 'densenet', depth: 201, outputDimensions: 1000 }, 20_013_928],
  ] satisfies [BackboneOptions, number][])('%o has %i', (options, count) => {
    backbone = createBackbone(options);
    expect(backbone.parameterCount).toBe(count);
  });

  it('are fewer by 40 of 49 filter positions with a 3x3 stem', () => {
    backbone = createBackbone({ kind: 'resnet', depth: 18, outputDimensions: 1000, stem: '3x3' });
    expect(backbone.parameterCount).toBe(11_689_512 - 40 * 3 * 64);
  });
});

describe('networks for photographs', () => {
  it.each([
    [{ kind: 'resnet', depth: 18, outputDimensions: 5 }, 64],
    [{ kind: 'resnet', depth: 18, outputDimensions: 5, stem: '3x3' }, 16],
    [{ kind: 'densenet', depth: 121, outputDimensions: 5 }, 32],
    [{ kind: 'densenet', depth: 121, outputDimensions: 5, stem: '3x3' }, 8],
  ] satisfies [BackboneOptions, number][])('%o takes images of %i pixels', (options, size) => {
    backbone = createBackbone(options);
    const images = zeros<Rank.R4>([2, size, size, 3]);
    const outputs = backbone.apply(images);
    expect(outputs.shape).toEqual([2, 5]);
    expect(outputs.dataSync().every(Number.isFinite)).toBe(true);
  });

  it('refuse images that a densenet would shrink to nothing', () => {
    backbone = createBackbone({ kind: 'densenet', depth: 121, outputDimensions: 5 });
    const small = zeros<Rank.R4>([1, 28, 28, 3]);
    expect(() => backbone!.apply(small)).toThrow(
      'images are [28,28,3]; this network takes at least 29 x 29 pixels with 3 channels (imageChannels).',
    );
    expect(backbone.apply(zeros([1, 29, 29, 3])).shape).toEqual([1, 5]);
  });
});
