import {
  backend,
  dispose,
  getBackend,
  memory,
  mul,
  randomUniform,
  scalar,
  slice,
  square,
  sub,
  sum,
  tidy,
  variableGrads,
  zeros,
  type Rank,
  type Scalar,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import type { Backbone, BackboneOptions } from '../backbone.js';
import type { ImageShape } from '../check-image-shape.js';
import { createBackbone } from '../create-backbone.js';

/** One backbone under the contract. */
export interface BackboneCase {
  /** Makes the backbone from a seed; called at least once for every test, which disposes it. Small ones save time. */
  readonly create: (seed: number) => Backbone;
  /** `[height, width, channels]` of images that fit. */
  readonly imageShape: ImageShape;
  /** The rate of the gradient descent that has to lower a loss. Default 0.01. */
  readonly learningRate?: number;
  /** Makes a backbone from the options of another. Default `createBackbone`; for those that this package does not know. */
  readonly restore?: (options: BackboneOptions) => Backbone;
}

const batch = 4;

/**
 * What every backbone promises, as a vitest suite, on the current tfjs backend: shapes, finite outputs and gradients,
 * evaluation that depends on nothing but the image, weights from the seed alone and there and back, no tensor left
 * behind and nothing read back to JavaScript.
 *
 * @example
 * backboneContract('a small mlp', {
 *   create: (seed) => createBackbone({ kind: 'mlp', imageShape: [4, 4, 1], outputDimensions: 3, seed }),
 *   imageShape: [4, 4, 1],
 * });
 */
export function backboneContract(
  name: string,
  { create, imageShape, learningRate = 0.01, restore = createBackbone }: BackboneCase,
): void {
  const makeImages = (): Tensor4D => randomUniform<Rank.R4>([batch, ...imageShape], -1, 1, 'float32', 11);
  const withBackbone = (test: (backbone: Backbone, images: Tensor4D) => void): void => {
    const backbone = create(3);
    const images = makeImages();
    try {
      test(backbone, images);
    } finally {
      images.dispose();
      backbone.dispose();
    }
  };
  const numbers = (backbone: Backbone): number[][] =>
    backbone.weights().map(({ values }) => Array.from(values));
  /** A loss with one target for all, and its gradients. */
  const lossOf = (backbone: Backbone, images: Tensor4D): ReturnType<typeof variableGrads> =>
    variableGrads(
      () => sum<Scalar>(square(sub(backbone.apply(images, { training: true }), 1))),
      [...backbone.trainableVariables],
    );
  const rowsOf = (outputs: Tensor2D): number[][] => outputs.arraySync();

  describe(`the backbone contract: ${name}`, () => {
    it('gives finite features [batch, outputDimensions] in evaluation and in training', () => {
      withBackbone((backbone, images) => {
        for (const training of [false, true]) {
          const outputs = backbone.apply(images, { training });
          expect(outputs.shape).toEqual([batch, backbone.outputDimensions]);
          expect(rowsOf(outputs).flat().every(Number.isFinite)).toBe(true);
          outputs.dispose();
        }
      });
    });

    it('evaluates unless told to train, each image by itself, and changes nothing by it', () => {
      withBackbone((backbone, images) => {
        const before = numbers(backbone);
        const together = backbone.apply(images);
        const alone = tidy(() =>
          backbone.apply(slice(images, [1, 0, 0, 0], [1, -1, -1, -1]), { training: false }),
        );
        expect(numbers(backbone)).toEqual(before);
        const [wanted] = rowsOf(tidy(() => slice(together, [1, 0], [1, -1])));
        for (const [index, value] of rowsOf(alone)[0]!.entries()) {
          expect(Math.abs(value - wanted![index]!)).toBeLessThan(1e-5 + 1e-4 * Math.abs(wanted![index]!));
        }
        dispose([together, alone]);
      });
    });

    it('changes no trainable variable by itself, and every other one in training', () => {
      withBackbone((backbone, images) => {
        const before = numbers(backbone);
        backbone.apply(images, { training: true }).dispose();
        const changed = numbers(backbone).map((values, index) =>
          values.some((value, at) => value !== before[index]![at]),
        );
        expect(changed).toEqual(backbone.variables.map(({ trainable }) => !trainable));
      });
    });

    it('has a finite gradient, not all zero, for every trainable variable', () => {
      withBackbone((backbone, images) => {
        const { value, grads } = lossOf(backbone, images);
        for (const variable of backbone.trainableVariables) {
          const gradient = Array.from(grads[variable.name]!.dataSync());
          expect(grads[variable.name]!.shape, variable.name).toEqual(variable.shape);
          expect(gradient.every(Number.isFinite), variable.name).toBe(true);
          expect(
            gradient.some((each) => each !== 0),
            variable.name,
          ).toBe(true);
        }
        dispose([value, ...Object.values(grads)]);
      });
    });

    it('learns: gradient descent lowers a loss', () => {
      withBackbone((backbone, images) => {
        const losses = Array.from({ length: 6 }, () => {
          const { value, grads } = lossOf(backbone, images);
          tidy(() => {
            for (const variable of backbone.trainableVariables) {
              variable.assign(sub(variable, mul(grads[variable.name]!, scalar(learningRate))));
            }
          });
          const [loss] = value.dataSync();
          dispose([value, ...Object.values(grads)]);
          return loss!;
        });
        expect(losses.at(-1)).toBeLessThan(0.9 * losses[0]!);
      });
    });

    it('begins with the same bytes for the same seed, whatever ran before, and with others for another', () => {
      const [first, second, third] = [create(7), create(7), create(8)];
      expect(numbers(second)).toEqual(numbers(first));
      expect(numbers(third)).not.toEqual(numbers(first));
      dispose([first, second, third].flatMap(({ variables }) => [...variables]));
    });

    it('is built again from its options, after a journey through JSON', () => {
      withBackbone((backbone) => {
        const again = restore(JSON.parse(JSON.stringify(backbone.options)) as BackboneOptions);
        expect(again.options).toEqual(backbone.options);
        expect(again.weights()).toEqual(backbone.weights());
        again.dispose();
      });
    });

    it('takes its weights back', () => {
      withBackbone((backbone, images) => {
        backbone.apply(images, { training: true }).dispose();
        const other = create(4);
        other.loadWeights(backbone.weights());
        expect(other.weights()).toEqual(backbone.weights());
        const [wanted, outputs] = [backbone.apply(images), other.apply(images)];
        expect(rowsOf(outputs)).toEqual(rowsOf(wanted));
        dispose([wanted, outputs]);
        other.dispose();
      });
    });

    it('counts its parameters and names its variables once in a process', () => {
      const [first, second] = [create(0), create(0)];
      const sizes = first.trainableVariables.map(({ shape }) =>
        shape.reduce((product, side) => product * side, 1),
      );
      expect(first.parameterCount).toBe(sizes.reduce((total, size) => total + size, 0));
      const names = [...first.variables, ...second.variables].map((variable) => variable.name);
      expect(new Set(names).size).toBe(names.length);
      expect(first.weights().map((weight) => weight.name)).toEqual(
        second.weights().map((weight) => weight.name),
      );
      first.dispose();
      second.dispose();
    });

    it('reads nothing back to JavaScript', ({ skip }) => {
      skip(getBackend() === 'wasm', 'The kernels of this backend read their own memory by the same method.');
      withBackbone((backbone, images) => {
        const reads = [vi.spyOn(backend(), 'readSync'), vi.spyOn(backend(), 'read')];
        const { value, grads } = lossOf(backbone, images);
        backbone.apply(images).dispose();
        const calls = reads.map(({ mock }) => mock.calls.length);
        reads.forEach((spy) => {
          spy.mockRestore();
        });
        dispose([value, ...Object.values(grads)]);
        expect(calls).toEqual([0, 0]);
      });
    });

    it('leaves no tensor behind: not in evaluation, in training, in gradients, nor when it is disposed', () => {
      const images = makeImages();
      const start = memory().numTensors;
      const backbone = create(3);
      expect(memory().numTensors).toBe(start + backbone.variables.length);
      for (const run of [
        () => backbone.apply(images),
        () => backbone.apply(images, { training: true }),
        () => {
          const { value, grads } = lossOf(backbone, images);
          return [value, ...Object.values(grads)];
        },
      ]) {
        const before = memory().numTensors;
        dispose(run());
        expect(memory().numTensors).toBe(before);
      }
      backbone.dispose();
      backbone.dispose();
      expect(memory().numTensors).toBe(start);
      expect(() => backbone.apply(images)).toThrow('This backbone was disposed');
      images.dispose();
    });

    it('gives no features for no images, and refuses to train on none', () => {
      withBackbone((backbone) => {
        const before = numbers(backbone);
        const none = zeros<Rank.R4>([0, ...imageShape]);
        const outputs = backbone.apply(none);
        expect(outputs.shape).toEqual([0, backbone.outputDimensions]);
        expect(() => backbone.apply(none, { training: true })).toThrow(RangeError);
        expect(numbers(backbone)).toEqual(before);
        dispose([none, outputs]);
      });
    });

    it('refuses what are no images of its size', () => {
      withBackbone((backbone) => {
        const [height, width, channels] = imageShape;
        const flat = zeros([batch, height * width * channels]);
        expect(() => backbone.apply(flat as Tensor4D)).toThrow(TypeError);
        const deep = zeros<Rank.R4>([batch, height, width, channels + 1]);
        expect(() => backbone.apply(deep)).toThrow(RangeError);
        const whole = zeros<Rank.R4>([batch, ...imageShape], 'int32');
        expect(() => backbone.apply(whole)).toThrow('images are int32; they must be float32.');
        dispose([flat, deep, whole]);
      });
    });
  });
}
