import { mean, relu, type Tensor2D } from '@tensorflow/tfjs-core';
import { checkPositiveInteger } from '../check-positive-integer.js';
import { inTurn } from '../layers/layer.js';
import { linear } from '../layers/linear.js';
import { normalisedConvolution } from '../layers/normalised-convolution.js';
import type { Parameters } from '../parameters.js';
import { stage } from './basic-block.js';
import { checkImageChannels } from './check-image-channels.js';
import { type CommonOptions, type Network, outputLayer } from './network.js';
import { checkShortcut, type Shortcut } from './shortcut.js';

/** He et al.'s residual networks for small images (arXiv 1512.03385, section 4.2). */
export interface CifarResnetOptions extends CommonOptions {
  readonly kind: 'cifar-resnet';
  /** 6n + 2: 8, 14, 20, 32, 44, 56, 110, ... Hyperspherical Prototype Networks: 32. */
  readonly depth: number;
  /** Default 16. Channels of the first stage; the second and third have twice and four times as many. */
  readonly width?: number;
  /** Default 'convolution'. How a block that halves the image passes its input on; see `Shortcut`. */
  readonly shortcut?: Shortcut;
  /** Default 3. Channels of the images. */
  readonly imageChannels?: number;
}

/** The options with every default filled in. */
export function completeCifarResnet(options: CifarResnetOptions): Required<CifarResnetOptions> {
  const {
    kind,
    depth,
    outputDimensions,
    width = 16,
    shortcut = 'convolution',
    imageChannels = 3,
    seed = 0,
  } = options;
  if (!Number.isInteger(depth) || depth < 8 || (depth - 2) % 6 !== 0) {
    throw new RangeError(
      `depth is ${depth}; a cifar-resnet has 6n + 2 layers: 8, 14, 20, 26, 32, 44, 56, 110, ...`,
    );
  }
  checkPositiveInteger('width', width);
  checkShortcut(shortcut);
  checkPositiveInteger('imageChannels', imageChannels);
  return { kind, depth, width, shortcut, imageChannels, outputDimensions, seed };
}

/**
 * A 3x3 convolution, three stages of (depth - 2) / 6 basic blocks, the second and third stage at half the size of the
 * one before, each convolution followed by batch normalisation; global average; linear layer.
 */
export function cifarResnet(parameters: Parameters, options: Required<CifarResnetOptions>): Network {
  const { depth, width, shortcut, imageChannels, outputDimensions } = options;
  const stem = normalisedConvolution(parameters, 'stem', {
    kernelSize: 3,
    inputChannels: imageChannels,
    outputChannels: width,
  });
  const blocks = (depth - 2) / 6;
  const layers = inTurn([
    (x, training) => relu(stem(x, training)),
    ...stage(parameters, 'stages.0', {
      blocks,
      inputChannels: width,
      outputChannels: width,
      stride: 1,
      shortcut,
    }),
    ...stage(parameters, 'stages.1', {
      blocks,
      inputChannels: width,
      outputChannels: 2 * width,
      stride: 2,
      shortcut,
    }),
    ...stage(parameters, 'stages.2', {
      blocks,
      inputChannels: 2 * width,
      outputChannels: 4 * width,
      stride: 2,
      shortcut,
    }),
  ]);
  const output = linear(parameters, outputLayer, { inputDimensions: 4 * width, outputDimensions });
  return {
    checkImages(shape) {
      checkImageChannels(shape, imageChannels);
    },
    apply: (images, training) => output(mean<Tensor2D>(layers(images, training), [1, 2])),
  };
}
