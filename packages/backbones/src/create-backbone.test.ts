import { forEachBackend, tensorsLeft } from '@hyperspherical/testing';
import { randomUniform, variable, zeros, type Rank, type Tensor4D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../test/backends.js';
import type { BackboneOptions } from './backbone.js';
import { createBackbone } from './create-backbone.js';

const small = { kind: 'cifar-resnet', depth: 8, width: 2, outputDimensions: 3 } as const;

forEachBackend(backends, () => {
  describe('createBackbone', () => {
    it('normalises with the batch in training, and with the running statistics otherwise', () => {
      const backbone = createBackbone(small);
      const images = randomUniform<Rank.R4>([8, 8, 8, 3], 0, 3, 'float32', 1);
      const trained = backbone.apply(images, { training: true }).arraySync();
      expect(backbone.apply(images).arraySync()).not.toEqual(trained);
      // The running statistics of one batch, seen again and again, become those of the batch, but for the variance,
      // which is unbiased: with 8 examples in the last stage of 2 x 2 pixels, 32 / 31 of the biased one.
      for (let step = 0; step < 200; step += 1) backbone.apply(images, { training: true }).dispose();
      expect(backbone.apply(images)).toBeClose(trained, { relative: 0.05, absolute: 0.05 });
      backbone.dispose();
    });

    it('finds a name for its variables that nobody has taken', () => {
      const taken = variable(zeros([1]), true, 'mlp-1/hidden.0.weights');
      const backbone = createBackbone({ kind: 'mlp', imageShape: [1, 1, 1], outputDimensions: 1 });
      expect(backbone.variables[0]!.name).toBe('mlp-2/hidden.0.weights');
      backbone.dispose();
      taken.dispose();
    });

    it('leaves nothing behind when an option is wrong', () => {
      expect(
        tensorsLeft(() => {
          expect(() => createBackbone({ ...small, depth: 9 })).toThrow(RangeError);
          return [];
        }),
      ).toBe(0);
    });
  });
});

describe('the defaults', () => {
  it.each([
    [
      { kind: 'cifar-resnet', depth: 8, outputDimensions: 3 },
      {
        kind: 'cifar-resnet',
        depth: 8,
        width: 16,
        shortcut: 'convolution',
        imageChannels: 3,
        outputDimensions: 3,
        seed: 0,
      },
    ],
    [
      { kind: 'resnet', depth: 18, outputDimensions: 3 },
      { kind: 'resnet', depth: 18, stem: '7x7', imageChannels: 3, outputDimensions: 3, seed: 0 },
    ],
    [
      { kind: 'densenet', depth: 121, outputDimensions: 3 },
      { kind: 'densenet', depth: 121, stem: '7x7', imageChannels: 3, outputDimensions: 3, seed: 0 },
    ],
    [
      { kind: 'convnet', imageShape: [28, 28, 1], outputDimensions: 3 },
      {
        kind: 'convnet',
        imageShape: [28, 28, 1],
        channels: [32, 64],
        hidden: 128,
        outputDimensions: 3,
        seed: 0,
      },
    ],
    [
      { kind: 'mlp', imageShape: [28, 28, 1], outputDimensions: 3 },
      { kind: 'mlp', imageShape: [28, 28, 1], hidden: [128], outputDimensions: 3, seed: 0 },
    ],
  ] satisfies [BackboneOptions, BackboneOptions][])('of %o are %o', (given, complete) => {
    const backbone = createBackbone(given);
    expect(backbone.options).toEqual(complete);
    expect(backbone.kind).toBe(given.kind);
    expect(backbone.outputDimensions).toBe(3);
    backbone.dispose();
  });
});

describe('what createBackbone refuses', () => {
  it.each([
    [
      { ...small, depth: 9 },
      'depth is 9; a cifar-resnet has 6n + 2 layers: 8, 14, 20, 26, 32, 44, 56, 110, ...',
    ],
    [{ ...small, depth: 2 }, 'depth is 2; a cifar-resnet has 6n + 2 layers'],
    [{ ...small, depth: 8.5 }, 'depth is 8.5;'],
    [{ ...small, width: 0 }, 'width is 0; it must be a whole number of at least 1.'],
    [{ ...small, outputDimensions: -1 }, 'outputDimensions is -1; it must be a whole number of at least 1.'],
    [{ ...small, outputDimensions: NaN }, 'outputDimensions is NaN;'],
    [{ ...small, seed: 0.5 }, 'seed is 0.5; it must be a whole number from 0 to 4294967295.'],
    [{ ...small, seed: -1 }, 'seed is -1;'],
    [
      { ...small, shortcut: 'identity' },
      'shortcut is "identity"; it can be convolution, projection or padding.',
    ],
    [{ ...small, imageChannels: 1.5 }, 'imageChannels is 1.5;'],
    [{ kind: 'resnet', depth: 50, outputDimensions: 1 }, 'depth is 50; a resnet has 18 or 34 layers.'],
    [
      { kind: 'resnet', depth: 18, outputDimensions: 1, stem: 'small' },
      'stem is "small"; it can be 7x7 or 3x3.',
    ],
    [
      { kind: 'densenet', depth: 100, outputDimensions: 1 },
      'depth is 100; a densenet has 121, 169 or 201 layers.',
    ],
    [
      { kind: 'convnet', imageShape: [3, 28, 1], outputDimensions: 1 },
      'imageShape is [3,28,1]; a convnet halves images twice',
    ],
    [
      { kind: 'convnet', imageShape: [28, 28], outputDimensions: 1 },
      'imageShape is [28,28]; it must be [height, width, channels].',
    ],
    [{ kind: 'convnet', imageShape: [28, 28, 1], hidden: 0, outputDimensions: 1 }, 'hidden is 0;'],
    [
      { kind: 'convnet', imageShape: [28, 28, 1], channels: [8, 0], outputDimensions: 1 },
      'channels[1] is 0;',
    ],
    [
      { kind: 'mlp', imageShape: [28, 0, 1], outputDimensions: 1 },
      'imageShape[1] is 0; it must be a whole number of at least 1.',
    ],
    [{ kind: 'mlp', imageShape: [28, 28, 1], hidden: [5, -5], outputDimensions: 1 }, 'hidden[1] is -5;'],
    [
      { kind: 'vgg', outputDimensions: 1 },
      'kind is "vgg"; it can be cifar-resnet, convnet, densenet, mlp or resnet.',
    ],
  ])('%o: %s', (options, message) => {
    const create = (): unknown => createBackbone(options as unknown as BackboneOptions);
    expect(create).toThrow(RangeError);
    expect(create).toThrow(message);
  });

  it('images of a wrong rank, dtype or size', () => {
    const backbone = createBackbone(small);
    expect(() => backbone.apply(zeros([8, 8, 3]) as unknown as Tensor4D)).toThrow(
      new TypeError('images have shape [8,8,3]; they must be [batch, height, width, channels].'),
    );
    expect(() => backbone.apply(zeros<Rank.R4>([1, 8, 8, 3], 'int32'))).toThrow(
      new TypeError('images are int32; they must be float32.'),
    );
    expect(() => backbone.apply(zeros<Rank.R4>([1, 8, 8, 1]))).toThrow(
      new RangeError(
        'images are [8,8,1]; this network takes images of any size with 3 channels (imageChannels).',
      ),
    );
    backbone.dispose();
    const digits = createBackbone({ kind: 'mlp', imageShape: [28, 28, 1], outputDimensions: 1 });
    expect(() => digits.apply(zeros<Rank.R4>([1, 32, 32, 3]))).toThrow(
      new RangeError('images are [32,32,3]; this network was made for [28,28,1] (imageShape).'),
    );
    digits.dispose();
  });
});
