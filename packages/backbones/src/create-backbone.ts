import { tidy, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { type Backbone, type BackboneOptions } from './backbone.js';
import { checkPositiveInteger } from './check-positive-integer.js';
import { loadWeights } from './load-weights.js';
import { cifarResnet, completeCifarResnet } from './networks/cifar-resnet.js';
import { completeConvnet, convnet } from './networks/convnet.js';
import { completeMlp, mlp } from './networks/mlp.js';
import { type Network } from './networks/network.js';
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
  const { complete, build } = design(options);
  const parameters = createParameters({ kind: complete.kind, seed: complete.seed ?? 0 });
  return backboneOf(complete, parameters, build(parameters));
}

interface Design {
  readonly complete: BackboneOptions;
  readonly build: (parameters: Parameters) => Network;
}

function design(options: BackboneOptions): Design {
  switch (options.kind) {
    case 'cifar-resnet': {
      const complete = completeCifarResnet(options);
      return { complete, build: (parameters) => cifarResnet(parameters, complete) };
    }
    case 'convnet': {
      const complete = completeConvnet(options);
      return { complete, build: (parameters) => convnet(parameters, complete) };
    }
    case 'mlp': {
      const complete = completeMlp(options);
      return { complete, build: (parameters) => mlp(parameters, complete) };
    }
    default:
      throw new RangeError(
        `kind is ${JSON.stringify((options as BackboneOptions).kind)}; it can be cifar-resnet, convnet or mlp.`,
      );
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
