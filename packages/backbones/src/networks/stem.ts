import { relu } from '@tensorflow/tfjs-core';
import { halvingMaxPool } from '../layers/halving-max-pool.js';
import type { InitialisedOver } from '../layers/convolution.js';
import type { Layer } from '../layers/layer.js';
import { normalisedConvolution } from '../layers/normalised-convolution.js';
import type { Parameters } from '../parameters.js';

/**
 * How a network made for photographs begins:
 * - `7x7`: a 7x7 convolution and a 3x3 maximum, each at half the size, for images of about 224 pixels;
 * - `3x3`: a 3x3 convolution at full size, for images of 32 to 64 pixels.
 */
export type Stem = '7x7' | '3x3';

/** A stem's sizes. */
export interface StemOptions {
  readonly kind: Stem;
  readonly imageChannels: number;
  readonly outputChannels: number;
  readonly initialisedOver?: InitialisedOver;
}

/** The first layers of a network. */
export function stem(parameters: Parameters, options: StemOptions): Layer[] {
  const { kind, imageChannels, outputChannels, initialisedOver = 'outputs' } = options;
  const large = kind === '7x7';
  const convolve = normalisedConvolution(parameters, 'stem', {
    kernelSize: large ? 7 : 3,
    inputChannels: imageChannels,
    outputChannels,
    stride: large ? 2 : 1,
    initialisedOver,
  });
  const first: Layer = (x, training) => relu(convolve(x, training));
  return large ? [first, halvingMaxPool] : [first];
}

/** @throws {RangeError} If it is no kind of stem. */
export function checkStem(kind: Stem): void {
  if (!['7x7', '3x3'].includes(kind)) {
    throw new RangeError(`stem is ${JSON.stringify(kind)}; it can be 7x7 or 3x3.`);
  }
}
