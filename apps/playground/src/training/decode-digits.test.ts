import type { Dataset } from '@hyperspherical/datasets';
import { describe, expect, it } from 'vitest';
import { encodeDigits } from '../../scripts/encode-digits.js';
import { decodeDigits } from './decode-digits.js';

function part(split: string, size: number): Dataset {
  return {
    name: 'mnist',
    split,
    size,
    imageShape: [28, 28, 1],
    labels: Int32Array.from({ length: size }, (_, index) => (index * 7) % 10),
    images: Uint8Array.from({ length: size * 784 }, (_, index) => (index * 31 + size) % 256),
  };
}

const blob = (bytes: Uint8Array): Blob => new Blob([bytes.slice()]);

describe('the file of digits', () => {
  it('gives both splits back as they were', async () => {
    const [train, test] = [part('train', 5), part('test', 3)];
    const digits = await decodeDigits(blob(encodeDigits(train, test)));
    expect(digits.train).toMatchObject({ size: 5, labels: train.labels, images: train.images });
    expect(digits.test).toMatchObject({ size: 3, labels: test.labels, images: test.images });
  });

  it('is refused when it is not whole', async () => {
    const bytes = encodeDigits(part('train', 5), part('test', 3));
    for (const broken of [bytes.subarray(0, bytes.length / 2), new Uint8Array(0), Uint8Array.of(1, 2, 3)]) {
      await expect(decodeDigits(blob(broken))).rejects.toThrow('The digits did not arrive whole.');
    }
  });
});
