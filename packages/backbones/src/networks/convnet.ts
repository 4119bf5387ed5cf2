import { maxPool, relu, reshape, type Tensor4D } from '@tensorflow/tfjs-core';
import { checkImageShape, checkSameImageShape, type ImageShape } from '../check-image-shape.js';
import { checkPositiveInteger } from '../check-positive-integer.js';
import { biasedConvolution } from '../layers/biased-convolution.js';
import { linear } from '../layers/linear.js';
import type { Parameters } from '../parameters.js';
import { type CommonOptions, type Network, outputLayer } from './network.js';

/** A small convolutional network of two convolutions and two linear layers, for digits. */
export interface ConvnetOptions extends CommonOptions {
  readonly kind: 'convnet';
  /** `[height, width, channels]` of the images, at least 4 x 4. MNIST: [28, 28, 1]. */
  readonly imageShape: ImageShape;
  /** Default [32, 64]. Channels of the convolutions. */
  readonly channels?: readonly [number, number];
  /** Default 128. Size of the hidden linear layer. */
  readonly hidden?: number;
}

/** The options with every default filled in. */
export function completeConvnet(options: ConvnetOptions): Required<ConvnetOptions> {
  const { kind, imageShape, channels = [32, 64], hidden = 128, outputDimensions, seed = 0 } = options;
  checkImageShape(imageShape);
  if (imageShape[0] < 4 || imageShape[1] < 4) {
    throw new RangeError(
      `imageShape is [${imageShape.join()}]; a convnet halves images twice, so 4 x 4 is the least.`,
    );
  }
  checkPositiveInteger('channels[0]', channels[0]);
  checkPositiveInteger('channels[1]', channels[1]);
  checkPositiveInteger('hidden', hidden);
  return { kind, imageShape, channels, hidden, outputDimensions, seed };
}

/** Twice a 3x3 convolution, ReLU and 2x2 maximum; then a linear layer, ReLU, and the output layer. */
export function convnet(parameters: Parameters, options: Required<ConvnetOptions>): Network {
  const { imageShape, channels, hidden, outputDimensions } = options;
  const [height, width, imageChannels] = imageShape;
  const first = biasedConvolution(parameters, 'first', {
    inputChannels: imageChannels,
    outputChannels: channels[0],
  });
  const second = biasedConvolution(parameters, 'second', {
    inputChannels: channels[0],
    outputChannels: channels[1],
  });
  const flatSize = Math.floor(height / 4) * Math.floor(width / 4) * channels[1];
  const hiddenLayer = linear(parameters, 'hidden', { inputDimensions: flatSize, outputDimensions: hidden });
  const output = linear(parameters, outputLayer, { inputDimensions: hidden, outputDimensions });
  const halve = (x: Tensor4D): Tensor4D => maxPool(relu(x), 2, 2, 'valid');
  return {
    checkImages(shape) {
      checkSameImageShape(shape, imageShape);
    },
    apply(images) {
      const features = halve(second(halve(first(images))));
      return output(relu(hiddenLayer(reshape(features, [images.shape[0], flatSize]))));
    },
  };
}
