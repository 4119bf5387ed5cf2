import { avgPool, pad } from '@tensorflow/tfjs-core';
import type { Layer } from '../layers/layer.js';
import { normalisedConvolution } from '../layers/normalised-convolution.js';
import type { Parameters } from '../parameters.js';

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
): Layer {
  if (stride === 1 && inputChannels === outputChannels) return (x) => x;
  if (kind === 'padding') return channelPadding({ inputChannels, outputChannels, stride });
  const kernelSize = kind === 'convolution' ? 3 : 1;
  return normalisedConvolution(parameters, name, { kernelSize, inputChannels, outputChannels, stride });
}

/** @throws {RangeError} If it is no kind of shortcut. */
export function checkShortcut(kind: Shortcut): void {
  if (!['convolution', 'projection', 'padding'].includes(kind)) {
    throw new RangeError(
      `shortcut is ${JSON.stringify(kind)}; it can be convolution, projection or padding.`,
    );
  }
}

function channelPadding({ inputChannels, outputChannels, stride }: Omit<ShortcutOptions, 'kind'>): Layer {
  const missing = outputChannels - inputChannels;
  const before = Math.floor(missing / 2);
  return (x) => {
    // An average over one pixel takes every second one, and unlike a strided slice it has a gradient in tfjs.
    const pixels = stride === 1 ? x : avgPool(x, 1, stride, 'valid');
    return pad(pixels, [
      [0, 0],
      [0, 0],
      [0, 0],
      [before, missing - before],
    ]);
  };
}
