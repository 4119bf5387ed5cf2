import { relu, reshape, type Tensor2D } from '@tensorflow/tfjs-core';
import { checkImageShape, checkSameImageShape, type ImageShape } from '../check-image-shape.js';
import { checkPositiveInteger } from '../check-positive-integer.js';
import { linear } from '../layers/linear.js';
import type { Parameters } from '../parameters.js';
import { type CommonOptions, type Network, outputLayer } from './network.js';

/** A multi-layer perceptron over the flattened image. */
export interface MlpOptions extends CommonOptions {
  readonly kind: 'mlp';
  /** `[height, width, channels]` of the images. */
  readonly imageShape: ImageShape;
  /** Default [128]. Sizes of the hidden layers, each followed by ReLU; [] gives a linear map. */
  readonly hidden?: readonly number[];
}

/** The options with every default filled in. */
export function completeMlp({
  kind,
  imageShape,
  hidden = [128],
  outputDimensions,
  seed = 0,
}: MlpOptions): Required<MlpOptions> {
  checkImageShape(imageShape);
  hidden.forEach((size, index) => {
    checkPositiveInteger(`hidden[${index}]`, size);
  });
  return { kind, imageShape, hidden, outputDimensions, seed };
}

/** Linear layers with ReLU between them. */
export function mlp(
  parameters: Parameters,
  { imageShape, hidden, outputDimensions }: Required<MlpOptions>,
): Network {
  const pixels = imageShape[0] * imageShape[1] * imageShape[2];
  const sizes = [pixels, ...hidden];
  const layers = hidden.map((size, index) =>
    linear(parameters, `hidden.${index}`, { inputDimensions: sizes[index]!, outputDimensions: size }),
  );
  const output = linear(parameters, outputLayer, { inputDimensions: sizes.at(-1)!, outputDimensions });
  return {
    checkImages(shape) {
      checkSameImageShape(shape, imageShape);
    },
    apply(images) {
      let features: Tensor2D = reshape(images, [images.shape[0], pixels]);
      for (const layer of layers) features = relu(layer(features));
      return output(features);
    },
  };
}
