import { maxPool, pad } from '@tensorflow/tfjs-core';
import type { Layer } from './layer.js';

/**
 * The maximum over 3x3 pixels, every second one, with a margin of one pixel as in PyTorch. The margin is zero, which
 * is right for inputs that are never negative: after ReLU.
 */
export const halvingMaxPool: Layer = (x) => {
  const [, height, width] = x.shape;
  // The filter reaches the last margin only where a side is odd.
  return maxPool(
    pad(x, [
      [0, 0],
      [1, height % 2],
      [1, width % 2],
      [0, 0],
    ]),
    3,
    2,
    'valid',
  );
};
