import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCifar10 } from './decode-cifar10.js';
import { syntheticCifar } from './testing/synthetic-cifar.js';

function record(label: number, pixel: (channel: number, row: number, column: number) => number): Uint8Array {
  const bytes = new Uint8Array(3073);
  bytes[0] = label;
  for (let at = 0; at < 3072; at += 1) bytes[1 + at] = pixel(at >> 10, (at >> 5) & 31, at & 31);
  return bytes;
}

describe('decodeCifar10', () => {
  it('turns the planes of red, green and blue into pixels, rows first', () => {
    const { images, labels } = decodeCifar10(
      record(7, (channel, row, column) => channel * 80 + row + column * 2),
    );
    expect([...labels]).toEqual([7]);
    expect(images).toHaveLength(32 * 32 * 3);
    expect([...images.subarray(0, 6)]).toEqual([0, 80, 160, 2, 82, 162]);
    const pixel = (5 * 32 + 9) * 3;
    expect([...images.subarray(pixel, pixel + 3)]).toEqual([5 + 18, 80 + 5 + 18, 160 + 5 + 18]);
  });

  it('joins several files in their order', () => {
    const files = [3, 1, 4].map((label, file) => ({
      name: `file ${file}`,
      bytes: record(label, () => file * 10),
    }));
    const { images, labels } = decodeCifar10(files);
    expect([...labels]).toEqual([3, 1, 4]);
    expect([0, 1, 2].map((image) => images[image * 3072 + 3071])).toEqual([0, 10, 20]);
  });

  it('keeps every byte of every pixel, wherever the record starts', () => {
    const { bytes } = syntheticCifar('cifar10', { imagesPerFile: 7 })[0]!;
    const { images } = decodeCifar10(bytes);
    for (let image = 0; image < 7; image += 1) {
      for (let pixel = 0; pixel < 1024; pixel += 1) {
        for (let channel = 0; channel < 3; channel += 1) {
          const planar = bytes[image * 3073 + 1 + channel * 1024 + pixel];
          if (images[(image * 1024 + pixel) * 3 + channel] !== planar) {
            expect.fail(`image ${image}, pixel ${pixel}, channel ${channel} differs`);
          }
        }
      }
    }
  });

  it('refuses a file that is not a whole number of records, and says where it ends', () => {
    expect(() => decodeCifar10([{ name: 'a.bin', bytes: new Uint8Array(2 * 3073 + 5) }])).toThrow(
      /^a\.bin has 6151 bytes, .* records of 3073 bytes: after 2 records 5 bytes are left at byte 6146/,
    );
    expect(() => decodeCifar10(new Uint8Array(0))).toThrow('the CIFAR-10 file is empty; get it again.');
  });

  it('refuses a label above 9, and says in which record and byte', () => {
    const bytes = new Uint8Array(3 * 3073);
    bytes[2 * 3073] = 10;
    expect(() => decodeCifar10([{ name: 'b.bin', bytes }])).toThrow(
      'b.bin: the label of record 2 (byte 6146) is 10; it must be 0 to 9: the file is damaged or of another format.',
    );
  });

  it('either decodes or refuses any bytes at all', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 64 }),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: -2, max: 2 }),
        (start, records, extra) => {
          const bytes = new Uint8Array(Math.max(0, records * 3073 + extra));
          bytes.set(start.subarray(0, bytes.length));
          const right = bytes.length > 0 && bytes.length % 3073 === 0 && bytes[0]! <= 9;
          if (right) expect(decodeCifar10(bytes).labels).toHaveLength(records);
          else expect(() => decodeCifar10(bytes)).toThrow(RangeError);
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });
});
