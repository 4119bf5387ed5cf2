import { tidy, zeros, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Backbone, BackboneOptions } from './backbone.js';
import { checkPositiveInteger } from './check-positive-integer.js';
import { loadWeights } from './load-weights.js';
import { cifarResnet, completeCifarResnet } from './networks/cifar-resnet.js';
import { completeConvnet, convnet } from './networks/convnet.js';
import { completeDensenet, densenet } from './networks/densenet.js';
import { completeMlp, mlp } from './networks/mlp.js';
import type { Network } from './networks/network.js';
import { completeResnet, resnet } from './networks/resnet.js';
import { createParameters, type Parameters } from './parameters.js';

/**
 * Builds a network from images to feature vectors, with PyTorch's initialisation drawn from the seed alone.
 *
 * @throws {RangeError} If an option is out of range; the message names it.
 *
 * @example
 * const backbone = createBackbone({ kind: 'cifar-resnet', depth: 32, outputDimensions: 50, seed: 0 });
 * const features = backbone.apply(images); // [batch, 50]
 */
export function createBackbone(options: BackboneOptions): Backbone {
  checkPositiveInteger('outputDimensions', options.outputDimensions);
  checkSeed(options.seed ?? 0);
  const { options: complete, build } = design(options);
  const parameters = createParameters({ kind: complete.kind, seed: complete.seed ?? 0 });
  return backboneOf(complete, parameters, build(parameters));
}

/** A network that its options have been checked for and completed. */
interface Design {
  readonly options: BackboneOptions;
  readonly build: (parameters: Parameters) => Network;
}

function designOf<Options extends BackboneOptions>(
  options: Options,
  build: (parameters: Parameters, options: Options) => Network,
): Design {
  return { options, build: (parameters) => build(parameters, options) };
}

function design(options: BackboneOptions): Design {
  switch (options.kind) {
    case 'cifar-resnet':
      return designOf(completeCifarResnet(options), cifarResnet);
    case 'convnet':
      return designOf(completeConvnet(options), convnet);
    case 'densenet':
      return designOf(completeDensenet(options), densenet);
    case 'mlp':
      return designOf(completeMlp(options), mlp);
    case 'resnet':
      return designOf(completeResnet(options), resnet);
    default: {
      const { kind } = options as { kind: unknown };
      throw new RangeError(
        `kind is ${JSON.stringify(kind)}; it can be cifar-resnet, convnet, densenet, mlp or resnet.`,
      );
    }
  }
}

function backboneOf(options: BackboneOptions, parameters: Parameters, network: Network): Backbone {
  const variables = parameters.list.map(({ variable }) => variable);
  const trainableVariables = variables.filter(({ trainable }) => trainable);
  let disposed = false;
  const checkAlive = (): void => {
    if (disposed) throw new Error('This backbone was disposed; create another one.');
  };
  return {
    kind: options.kind,
    options,
    outputDimensions: options.outputDimensions,
    variables,
    trainableVariables,
    parameterCount: trainableVariables.reduce((sum, { size }) => sum + size, 0),
    apply(images, { training = false } = {}): Tensor2D {
      checkAlive();
      checkImages(images, network);
      // Not left to the backends, whose convolutions and means of nothing differ.
      if (images.shape[0] === 0) {
        if (!training) return zeros([0, options.outputDimensions]);
        throw new RangeError('images are empty; training needs at least 1 image. Skip empty batches.');
      }
      return tidy(() => network.apply(images, training));
    },
    weights() {
      checkAlive();
      return parameters.list.map(({ name, variable }) => ({
        name,
        shape: [...variable.shape],
        values: new Float32Array(variable.dataSync<'float32'>()),
      }));
    },
    loadWeights(weights, loadOptions) {
      checkAlive();
      loadWeights(parameters.list, weights, loadOptions);
    },
    dispose() {
      if (!disposed)
        variables.forEach((variable) => {
          variable.dispose();
        });
      disposed = true;
    },
  };
}

function checkSeed(seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new RangeError(`seed is ${seed}; it must be a whole number from 0 to 4294967295.`);
  }
}

function checkImages(images: Tensor4D, network: Network): void {
  const { shape, dtype } = images as { shape: readonly number[]; dtype: string };
  if (shape.length !== 4) {
    throw new TypeError(
      `images have shape [${shape.join()}]; they must be [batch, height, width, channels].`,
    );
  }
  if (dtype !== 'float32') throw new TypeError(`images are ${dtype}; they must be float32.`);
  network.checkImages(images.shape.slice(1) as [number, number, number]);
}
