import { avgPool, pad, type Tensor4D } from '@tensorflow/tfjs-core';
import { batchNormalisation } from '../layers/batch-normalisation.js';
import { convolution } from '../layers/convolution.js';
import { type Parameters } from '../parameters.js';

/**
 * How a residual block that changes the size passes its input on:
 * - `convolution`: a 3x3 convolution and batch normalisation, as the released code of Hyperspherical Prototype Networks;
 * - `projection`: a 1x1 convolution and batch normalisation, He et al.'s option B;
 * - `padding`: every second pixel and channels of zeros on both sides, without weights, He et al.'s option A.
 */
export type Shortcut = 'convolution' | 'projection' | 'padding';

/** What a block's shortcut has to bridge. */
export interface ShortcutOptions {
  readonly kind: Shortcut;
  readonly inputChannels: number;
  readonly outputChannels: number;
  readonly stride: number;
}

/** The shortcut of one block: its input as it is where the sizes are the same. */
export function shortcut(
  parameters: Parameters,
  name: string,
  { kind, inputChannels, outputChannels, stride }: ShortcutOptions,
): (x: Tensor4D, training: boolean) => Tensor4D {
  if (stride === 1 && inputChannels === outputChannels) return (x) => x;
  switch (kind) {
    case 'convolution':
    case 'projection': {
      const kernelSize = kind === 'convolution' ? 3 : 1;
      const convolve = convolution(parameters, name, { kernelSize, inputChannels, outputChannels, stride });
      const normalise = batchNormalisation(parameters, name, outputChannels);
      return (x, training) => normalise(convolve(x), training);
    }
    case 'padding': {
      const missing = outputChannels - inputChannels;
      const before = Math.floor(missing / 2);
      // An average over one pixel takes every second one, and unlike a strided slice it has a gradient in tfjs.
      return (x) =>
        pad(stride === 1 ? x : avgPool(x, 1, stride, 'valid'), [
          [0, 0],
          [0, 0],
          [0, 0],
          [before, missing - before],
        ]);
    }
    default:
      throw new RangeError(
        `shortcut is ${JSON.stringify(kind satisfies never)}; it can be convolution, projection or padding.`,
      );
  }
}
