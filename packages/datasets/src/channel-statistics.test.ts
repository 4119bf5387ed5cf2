import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelStatistics } from './channel-statistics.js';

describe('channelStatistics', () => {
  it('gives 1/2 and 1/2 for a channel of black and white, and no deviation for one colour', () => {
    const { mean, standardDeviation } = channelStatistics({
      images: Uint8Array.of(0, 51, 255, 51),
      imageShape: [1, 2, 2],
    });
    expect(mean).toBeClose([0.5, 0.2]);
    expect(standardDeviation).toBeClose([0.5, 0]);
  });

  it('is what the definition gives, channel by channel', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 3, 4),
        fc.uint8Array({ minLength: 4, maxLength: 400 }),
        (channels, bytes) => {
          const images = bytes.subarray(0, bytes.length - (bytes.length % channels));
          const { mean, standardDeviation } = channelStatistics({ images, imageShape: [1, 1, channels] });
          for (let channel = 0; channel < channels; channel += 1) {
            const values = [...images].filter((_, at) => at % channels === channel).map((byte) => byte / 255);
            const expected = values.reduce((sum, value) => sum + value, 0) / values.length;
            const variance = values.reduce((sum, value) => sum + (value - expected) ** 2, 0) / values.length;
            expect(mean[channel]).toBeClose(expected, { relative: 1e-12, absolute: 1e-12 });
            expect(standardDeviation[channel]).toBeClose(Math.sqrt(variance), {
              relative: 1e-9,
              absolute: 1e-9,
            });
          }
        },
      ),
      { seed: 3, numRuns: 100 },
    );
  });

  it('refuses an empty dataset', () => {
    expect(() => channelStatistics({ images: new Uint8Array(0), imageShape: [32, 32, 3] })).toThrow(
      /at least one image/,
    );
  });
});
