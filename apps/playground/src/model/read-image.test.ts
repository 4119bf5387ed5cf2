import { describe, expect, it } from 'vitest';
import { normalisedPixels } from './read-image.js';

describe('the pixels of an image', () => {
  const rgba = Uint8ClampedArray.of(255, 0, 0, 255, 0, 255, 51, 255);

  it('are its three channels, normalised each', () => {
    const statistics = { mean: [0, 0.5, 0.2], standardDeviation: [1, 0.5, 0.1] };
    expect(
      Array.from(normalisedPixels(rgba, 3, statistics), (value) => Math.round(value * 1e4) / 1e4 + 0),
    ).toEqual([1, -1, -2, 0, 1, 0]);
  });

  it('are its luminance for a model of one channel', () => {
    const pixels = normalisedPixels(rgba, 1, { mean: [0], standardDeviation: [1] });
    expect(pixels[0]).toBeCloseTo(0.299, 6);
    expect(pixels[1]).toBeCloseTo(0.587 + 0.114 * 0.2, 6);
  });
});
