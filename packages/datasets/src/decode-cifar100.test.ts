import { describe, expect, it } from 'vitest';
import { decodeCifar100 } from './decode-cifar100.js';
import { syntheticCifar } from './testing/synthetic-cifar.js';

describe('decodeCifar100', () => {
  it('reads the coarse label from the first byte and the fine label from the second', () => {
    const bytes = new Uint8Array(3074);
    bytes.set([19, 99, 1]);
    bytes[2 + 1024] = 2;
    bytes[2 + 2048] = 3;
    const { images, fineLabels, coarseLabels } = decodeCifar100(bytes);
    expect([...coarseLabels]).toEqual([19]);
    expect([...fineLabels]).toEqual([99]);
    expect([...images.subarray(0, 4)]).toEqual([1, 2, 3, 0]);
  });

  it('decodes many records', () => {
    const { bytes } = syntheticCifar('cifar100', { imagesPerFile: 120 })[0]!;
    const { images, fineLabels, coarseLabels } = decodeCifar100(bytes);
    expect(images).toHaveLength(120 * 3072);
    expect([...fineLabels.slice(98, 102)]).toEqual([98, 99, 0, 1]);
    expect([...coarseLabels.slice(98, 102)]).toEqual([19, 19, 0, 0]);
  });

  it('refuses labels beyond the 20 superclasses and the 100 classes', () => {
    const wrong = (...labels: number[]) => {
      const bytes = new Uint8Array(2 * 3074);
      bytes.set(labels, 3074);
      return () => decodeCifar100([{ name: 'train.bin', bytes }]);
    };
    expect(wrong(20, 0)).toThrow(
      /^train\.bin: the coarse label of record 1 \(byte 3074\) is 20; it must be 0 to 19/,
    );
    expect(wrong(0, 100)).toThrow(
      /^train\.bin: the fine label of record 1 \(byte 3075\) is 100; it must be 0 to 99/,
    );
  });

  it('refuses a file of CIFAR-10', () => {
    expect(() => decodeCifar100(new Uint8Array(3073))).toThrow(/not a whole number of records of 3074 bytes/);
  });
});
