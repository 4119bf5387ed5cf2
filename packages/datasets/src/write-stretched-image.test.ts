import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unchanged } from './augmentation.js';
import { byteTable } from './write-image.js';
import { writeResampledImage } from './write-resampled-image.js';
import { writeStretchedImage } from './write-stretched-image.js';

describe('writeStretchedImage', () => {
  it.each([1, 3, 4])('does what writeResampledImage does with images of %i channels', (channels) => {
    const images = Uint8Array.from({ length: 3 * 35 * channels }, (_, at) => (at * 89) % 256);
    const table = byteTable(channels);
    fc.assert(
      fc.property(
        fc.record({
          cropTop: fc.double({ min: 0, max: 2, noNaN: true }),
          cropLeft: fc.double({ min: 0, max: 2, noNaN: true }),
          cropHeight: fc.double({ min: 1, max: 3, noNaN: true }),
          cropWidth: fc.double({ min: 1, max: 5, noNaN: true }),
          // Where a sample falls exactly on the edge, rounding decides: these shifts keep away from it or far beyond.
          rowShift: fc.constantFrom(0, 40),
          columnShift: fc.constantFrom(0, -40),
          flip: fc.boolean(),
        }),
        fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
        (drawn, output) => {
          const change = { ...unchanged([5, 7]), ...drawn };
          const length = output[0] * output[1] * channels;
          const [found, expected] = [
            new Float32Array(2 * length).fill(-1),
            new Float32Array(2 * length).fill(-1),
          ];
          writeStretchedImage(images, [5, 7, channels], 2, change, output, table, found, 1);
          writeResampledImage(images, [5, 7, channels], 2, change, output, table, expected, 1);
          expect(found).toBeClose(expected, { absolute: 1e-5 });
        },
      ),
      { seed: 3, numRuns: 150 },
    );
  });

  it('moves whole pixels exactly, with nothing but zeros from outside', () => {
    const images = Uint8Array.of(10, 20, 30, 40, 50, 60);
    const table = Float32Array.from({ length: 256 }, (_, byte) => byte);
    const batch = new Float32Array(6);
    const change = { ...unchanged([2, 3]), rowShift: 1, columnShift: 1, flip: true };
    writeStretchedImage(images, [2, 3, 1], 0, change, [2, 3], table, batch, 0);
    expect([...batch]).toEqual([0, 60, 50, 0, 0, 0]);
  });
});
