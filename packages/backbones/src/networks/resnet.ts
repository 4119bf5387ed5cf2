import { mean, type Tensor2D } from '@tensorflow/tfjs-core';
import { checkPositiveInteger } from '../check-positive-integer.js';
import { inTurn } from '../layers/layer.js';
import { linear } from '../layers/linear.js';
import type { Parameters } from '../parameters.js';
import { stage } from './basic-block.js';
import { checkImageChannels } from './check-image-channels.js';
import { type CommonOptions, type Network, outputLayer } from './network.js';
import { checkStem, stem, type Stem } from './stem.js';

/** He et al.'s residual networks for photographs (arXiv 1512.03385, table 1), as in torchvision. */
export interface ResnetOptions extends CommonOptions {
  readonly kind: 'resnet';
  /** 18 or 34. Hyperspherical Prototype Networks on OmniArt: 34. */
  readonly depth: 18 | 34;
  /** Default '7x7', for 224 pixels; '3x3' is for 64 and 32. */
  readonly stem?: Stem;
  /** Default 3. Channels of the images. */
  readonly imageChannels?: number;
}

const blocksOfStages = { 18: [2, 2, 2, 2], 34: [3, 4, 6, 3] } as const;

/** The options with every default filled in. */
export function completeResnet(options: ResnetOptions): Required<ResnetOptions> {
  const { kind, depth, outputDimensions, stem: stemKind = '7x7', imageChannels = 3, seed = 0 } = options;
  if (!Object.hasOwn(blocksOfStages, depth))
    throw new RangeError(`depth is ${String(depth)}; a resnet has 18 or 34 layers.`);
  checkStem(stemKind);
  checkPositiveInteger('imageChannels', imageChannels);
  return { kind, depth, stem: stemKind, imageChannels, outputDimensions, seed };
}

/** A stem; stages of basic blocks with 64, 128, 256 and 512 channels and 1x1 shortcuts; global average; linear layer. */
export function resnet(parameters: Parameters, options: Required<ResnetOptions>): Network {
  const { depth, stem: kind, imageChannels, outputDimensions } = options;
  const layers = inTurn([
    ...stem(parameters, { kind, imageChannels, outputChannels: 64 }),
    ...blocksOfStages[depth].flatMap((blocks, index) =>
      stage(parameters, `stages.${index}`, {
        blocks,
        inputChannels: index === 0 ? 64 : 32 * 2 ** index,
        outputChannels: 64 * 2 ** index,
        stride: index === 0 ? 1 : 2,
        shortcut: 'projection',
      }),
    ),
  ]);
  const output = linear(parameters, outputLayer, { inputDimensions: 512, outputDimensions });
  return {
    checkImages(shape) {
      checkImageChannels(shape, imageChannels);
    },
    apply: (images, training) => output(mean<Tensor2D>(layers(images, training), [1, 2])),
  };
}
