import { add, mean, relu, type Tensor4D } from '@tensorflow/tfjs-core';
import { checkPositiveInteger } from '../check-positive-integer.js';
import { batchNormalisation } from '../layers/batch-normalisation.js';
import { convolution } from '../layers/convolution.js';
import { linear } from '../layers/linear.js';
import { type Parameters } from '../parameters.js';
import { type CommonOptions, type Network, outputLayer } from './network.js';
import { shortcut, type Shortcut } from './shortcut.js';

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
  const { kind, depth, outputDimensions, width = 16, imageChannels = 3, seed = 0 } = options;
  if (!Number.isInteger(depth) || depth < 8 || (depth - 2) % 6 !== 0) {
    throw new RangeError(
      `depth is ${depth}; a cifar-resnet has 6n + 2 layers: 8, 14, 20, 26, 32, 44, 56, 110, ...`,
    );
  }
  checkPositiveInteger('width', width);
  checkPositiveInteger('imageChannels', imageChannels);
  return {
    kind,
    depth,
    width,
    shortcut: options.shortcut ?? 'convolution',
    imageChannels,
    outputDimensions,
    seed,
  };
}

/**
 * A 3x3 convolution, three stages of (depth - 2) / 6 blocks of two 3x3 convolutions, the second and third stage at
 * half the size of the one before, each convolution followed by batch normalisation; global average; linear layer.
 */
export function cifarResnet(parameters: Parameters, options: Required<CifarResnetOptions>): Network {
  const { depth, width, imageChannels, outputDimensions } = options;
  const stemConvolution = convolution(parameters, 'stem', {
    kernelSize: 3,
    inputChannels: imageChannels,
    outputChannels: width,
  });
  const stemNormalisation = batchNormalisation(parameters, 'stem', width);
  const blocks = [1, 2, 4].flatMap((factor, stage) =>
    Array.from({ length: (depth - 2) / 6 }, (_, index) =>
      basicBlock(parameters, `stages.${stage}.blocks.${index}`, {
        inputChannels: stage > 0 && index === 0 ? (width * factor) / 2 : width * factor,
        outputChannels: width * factor,
        stride: stage > 0 && index === 0 ? 2 : 1,
        shortcut: options.shortcut,
      }),
    ),
  );
  const output = linear(parameters, outputLayer, { inputDimensions: width * 4, outputDimensions });
  return {
    checkImages([height, widthOfImages, channels]) {
      if (channels !== imageChannels || height < 1 || widthOfImages < 1) {
        throw new RangeError(
          `images are [${[height, widthOfImages, channels].join()}]; this network takes ${imageChannels} channels (imageChannels).`,
        );
      }
    },
    apply(images, training) {
      let features = relu(stemNormalisation(stemConvolution(images), training));
      for (const block of blocks) features = block(features, training);
      return output(mean(features, [1, 2]));
    },
  };
}

interface BasicBlockOptions {
  readonly inputChannels: number;
  readonly outputChannels: number;
  readonly stride: number;
  readonly shortcut: Shortcut;
}

function basicBlock(
  parameters: Parameters,
  name: string,
  { inputChannels, outputChannels, stride, shortcut: kind }: BasicBlockOptions,
): (x: Tensor4D, training: boolean) => Tensor4D {
  const first = convolution(parameters, `${name}.first`, {
    kernelSize: 3,
    inputChannels,
    outputChannels,
    stride,
  });
  const firstNormalisation = batchNormalisation(parameters, `${name}.first`, outputChannels);
  const second = convolution(parameters, `${name}.second`, {
    kernelSize: 3,
    inputChannels: outputChannels,
    outputChannels,
  });
  const secondNormalisation = batchNormalisation(parameters, `${name}.second`, outputChannels);
  const pass = shortcut(parameters, `${name}.shortcut`, { kind, inputChannels, outputChannels, stride });
  return (x, training) => {
    const hidden = relu(firstNormalisation(first(x), training));
    return relu(add(secondNormalisation(second(hidden), training), pass(x, training)));
  };
}
