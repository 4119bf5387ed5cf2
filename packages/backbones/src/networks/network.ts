import type { ImageShape } from '../check-image-shape.js';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';

/** What a network's builder gives to `createBackbone`. */
export interface Network {
  /** Throws when images of this shape, `[height, width, channels]`, do not fit. */
  checkImages(shape: ImageShape): void;
  apply(images: Tensor4D, training: boolean): Tensor2D;
}

/** What every kind of network is told. */
export interface CommonOptions {
  /** Size of the feature vectors, at least 1. */
  readonly outputDimensions: number;
  /** Default 0. Decides all first weights: the same seed gives the same bytes. */
  readonly seed?: number;
}

/** The name of the last layer, which `loadWeights` can leave out. */
export const outputLayer = 'output';
