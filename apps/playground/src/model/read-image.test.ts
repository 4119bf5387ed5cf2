import { describe, expect, it } from 'vitest';
import { normalisedPixels, seenBytes } from './read-image.js';

describe('what a model sees of an image', () => {
  const rgb = Uint8ClampedArray.of(255, 0, 0, 0, 255, 51);

  it('is its three channels, normalized each', () => {
    const statistics = { mean: [0, 0.5, 0.2], standardDeviation: [1, 0.5, 0.1] };
    const pixels = normalisedPixels(seenBytes(rgb, 3, false), 3, statistics);
    expect(Array.from(pixels, (value) => Math.round(value * 1e4) / 1e4 + 0)).toEqual([1, -1, -2, 0, 1, 0]);
  });

  it('is its gray for a model of one channel, as the bench rounds it', () => {
    expect([...seenBytes(rgb, 1, false)]).toEqual([
      Math.round(0.299 * 255),
      // 155.499 by these weights; of 65536ths, as Pillow has them, a little more than a half.
      156,
    ]);
    expect([...seenBytes(rgb, 1, true)]).toEqual([179, 99]);
  });
});
