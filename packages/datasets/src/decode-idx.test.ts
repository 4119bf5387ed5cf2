import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeIdx } from './decode-idx.js';

const file = (...bytes: number[]) => ({ name: 'x-idx', bytes: Uint8Array.from(bytes) });

describe('decodeIdx', () => {
  it('reads the shape, big-endian, and shares the memory of the values', () => {
    const bytes = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6);
    const { shape, values } = decodeIdx(bytes);
    expect(shape).toEqual([2, 3]);
    expect([...values]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(values.buffer).toBe(bytes.buffer);
  });

  it('reads a file that lies anywhere in memory', () => {
    const memory = Uint8Array.of(9, 9, 9, 0, 0, 8, 1, 0, 0, 0, 1, 7, 9);
    expect([...decodeIdx(memory.subarray(3, 12)).values]).toEqual([7]);
  });

  it('refuses what is no IDX file, and knows gzip', () => {
    expect(() => decodeIdx(file(1, 2, 3))).toThrow('x-idx has 3 bytes; an IDX header alone has 4 and more');
    expect(() => decodeIdx(file(1, 0, 8, 1, 0))).toThrow(
      'x-idx begins with the bytes 01 00 08 01; it is no IDX file.',
    );
    expect(() => decodeIdx(file(0x1f, 0x8b, 8, 0))).toThrow('x-idx is a gzip file; unpack it first.');
    expect(() => decodeIdx(file(0, 0, 13, 1, 0, 0, 0, 0))).toThrow(
      'byte 2 says that its values are of type 13',
    );
    expect(() => decodeIdx(file(0, 0, 8, 2, 0, 0, 0, 1))).toThrow(
      'ends at byte 8, in the middle of its header of 12 bytes',
    );
  });

  it('refuses a file with fewer or more values than it says', () => {
    expect(() => decodeIdx(file(0, 0, 8, 1, 0, 0, 0, 3, 1, 2))).toThrow(
      'x-idx: its header says 3 values of one byte, but after the header at byte 8 there are 2 bytes: it is truncated.',
    );
    expect(() => decodeIdx(file(0, 0, 8, 1, 0, 0, 0, 1, 1, 2))).toThrow('there are 2 bytes: it is altered.');
  });

  it('allocates nothing for a header that lies', () => {
    const huge = [255, 255, 255, 255];
    expect(() => decodeIdx(file(0, 0, 8, 3, ...huge, ...huge, ...huge, 1))).toThrow('it is truncated');
  });

  it('reads what was written, and of anything else either says what is wrong or reads no more than is there', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.boolean(), (noise, plausible) => {
        const bytes = plausible ? Uint8Array.of(0, 0, 8, ...noise) : noise;
        try {
          const { shape, values } = decodeIdx(bytes);
          expect(values.length).toBe(shape.reduce((product, size) => product * size, 1));
          expect(values.length).toBe(bytes.length - 4 - 4 * shape.length);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          expect((error as Error).message).toMatch(/^the IDX file/);
        }
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});
