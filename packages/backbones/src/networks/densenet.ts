import { avgPool, concat, mean, relu, type Tensor2D } from '@tensorflow/tfjs-core';
import { checkPositiveInteger } from '../check-positive-integer.js';
import { batchNormalisation } from '../layers/batch-normalisation.js';
import { convolution } from '../layers/convolution.js';
import { inTurn, type Layer } from '../layers/layer.js';
import { linear } from '../layers/linear.js';
import type { Parameters } from '../parameters.js';
import { type CommonOptions, type Network, outputLayer } from './network.js';
import { checkStem, stem, type Stem } from './stem.js';

/** Huang et al.'s densely connected networks (arXiv 1608.06993), as in torchvision. */
export interface DensenetOptions extends CommonOptions {
  readonly kind: 'densenet';
  /** 121, 169 or 201. Hyperspherical Prototype Networks: 121. */
  readonly depth: 121 | 169 | 201;
  /** Default '7x7', for 224 pixels; '3x3' is for 64 and 32. */
  readonly stem?: Stem;
  /** Default 3. Channels of the images. */
  readonly imageChannels?: number;
}

const layersOfBlocks = { 121: [6, 12, 24, 16], 169: [6, 12, 32, 32], 201: [6, 12, 48, 32] } as const;
/** Channels that a layer adds. */
const growth = 32;
/** Channels of the 1x1 convolution in a layer. */
const bottleneck = 4 * growth;
/** Channels after the stem. */
const firstChannels = 2 * growth;

/** The options with every default filled in. */
export function completeDensenet(options: DensenetOptions): Required<DensenetOptions> {
  const { kind, depth, outputDimensions, stem: stemKind = '7x7', imageChannels = 3, seed = 0 } = options;
  if (!Object.hasOwn(layersOfBlocks, depth)) {
    throw new RangeError(`depth is ${String(depth)}; a densenet has 121, 169 or 201 layers.`);
  }
  checkStem(stemKind);
  checkPositiveInteger('imageChannels', imageChannels);
  return { kind, depth, stem: stemKind, imageChannels, outputDimensions, seed };
}

/** A stem; four dense blocks, each but the last followed by a transition to half the size; global average; linear layer. */
export function densenet(parameters: Parameters, options: Required<DensenetOptions>): Network {
  const { depth, stem: kind, imageChannels, outputDimensions } = options;
  const layers = stem(parameters, {
    kind,
    imageChannels,
    outputChannels: firstChannels,
    initialisedOver: 'inputs',
  });
  let channels = firstChannels;
  for (const [block, count] of layersOfBlocks[depth].entries()) {
    for (let index = 0; index < count; index += 1) {
      layers.push(denseLayer(parameters, `blocks.${block}.${index}`, channels));
      channels += growth;
    }
    if (block === 3) break;
    layers.push(transition(parameters, `transitions.${block}`, channels));
    channels /= 2;
  }
  const normalise = batchNormalisation(parameters, 'last', channels);
  layers.push((x, training) => relu(normalise(x, training)));
  const features = inTurn(layers);
  const output = linear(parameters, outputLayer, {
    inputDimensions: channels,
    outputDimensions,
    bias: 'zero',
  });
  return {
    checkImages(shape) {
      // Three transitions halve the image, and a stem of 7x7 twice before.
      const least = kind === '7x7' ? 29 : 8;
      const [height, width, imagesChannels] = shape;
      if (height < least || width < least || imagesChannels !== imageChannels) {
        throw new RangeError(
          `images are [${shape.join()}]; this network takes at least ${least} x ${least} pixels with ${imageChannels} channels (imageChannels).`,
        );
      }
    },
    apply: (images, training) => output(mean<Tensor2D>(features(images, training), [1, 2])),
  };
}

/** Normalise, ReLU, 1x1 convolution, normalise, ReLU, 3x3 convolution; the result is put behind the input's channels. */
function denseLayer(parameters: Parameters, name: string, inputChannels: number): Layer {
  const normaliseInput = batchNormalisation(parameters, `${name}.first`, inputChannels);
  const narrow = convolution(parameters, `${name}.first`, {
    kernelSize: 1,
    inputChannels,
    outputChannels: bottleneck,
    initialisedOver: 'inputs',
  });
  const normaliseHidden = batchNormalisation(parameters, `${name}.second`, bottleneck);
  const grow = convolution(parameters, `${name}.second`, {
    kernelSize: 3,
    inputChannels: bottleneck,
    outputChannels: growth,
    initialisedOver: 'inputs',
  });
  return (x, training) => {
    const hidden = narrow(relu(normaliseInput(x, training)), training);
    return concat([x, grow(relu(normaliseHidden(hidden, training)), training)], 3);
  };
}

/** Normalise, ReLU, 1x1 convolution to half the channels, average of 2x2 pixels. */
function transition(parameters: Parameters, name: string, inputChannels: number): Layer {
  const normalise = batchNormalisation(parameters, name, inputChannels);
  const narrow = convolution(parameters, name, {
    kernelSize: 1,
    inputChannels,
    outputChannels: inputChannels / 2,
    initialisedOver: 'inputs',
  });
  return (x, training) => avgPool(narrow(relu(normalise(x, training)), training), 2, 2, 'valid');
}
