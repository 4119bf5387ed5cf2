import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interleaveByBytes, interleaveByWords, interleavePlanes } from './interleave-planes.js';

describe('interleavePlanes', () => {
  it('makes triples of three planes', () => {
    const planes = Uint8Array.of(255, 1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24);
    const pixels = new Uint8Array(12);
    interleavePlanes(planes, 1, 4, pixels, new Int32Array(pixels.buffer), 0);
    expect([...pixels]).toEqual([1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24]);
  });

  it('is the same by words as by bytes, on a little-endian machine', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 0, max: 3 }),
        fc.uint8Array({ minLength: 5 + 3 * 32, maxLength: 5 + 3 * 32 }),
        (quads, start, offset, random) => {
          const count = quads * 4;
          const planes = random.subarray(0, start + 3 * count);
          const bytes = new Uint8Array(4 * offset + 3 * count);
          const words = new Int32Array(offset + (3 * count) / 4);
          interleaveByBytes(planes, start, count, bytes, 4 * offset);
          interleaveByWords(planes, start, count, words, offset);
          expect([...new Uint8Array(words.buffer)]).toEqual([...bytes]);
        },
      ),
      { seed: 2, numRuns: 100 },
    );
  });
});
