import { describe, expect, it } from 'vitest';
import { decodeMnist } from './decode-mnist.js';
import { syntheticMnist } from './testing.js';

const [images, labels] = syntheticMnist({ imagesPerSplit: 12 });

describe('decodeMnist', () => {
  it('reads images and their labels', () => {
    const decoded = decodeMnist({ images: images!.bytes, labels: labels!.bytes });
    expect(decoded.imageShape).toEqual([28, 28, 1]);
    expect(decoded.images).toHaveLength(12 * 784);
    expect([...decoded.labels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
  });

  it('refuses files that were swapped or do not belong together', () => {
    expect(() => decodeMnist({ images: labels!, labels: images! })).toThrow(
      'train-labels-idx1-ubyte has values of shape [12]; images have three dimensions, [size, height, width].',
    );
    expect(() => decodeMnist({ images: images!, labels: images! })).toThrow('labels have one dimension');
    const [, fewer] = syntheticMnist({ imagesPerSplit: 11 });
    expect(() => decodeMnist({ images: images!, labels: fewer! })).toThrow(
      'train-labels-idx1-ubyte has 11 labels, train-images-idx3-ubyte has 12 images; they do not belong together.',
    );
  });

  it('refuses labels outside of the ten classes, and says where', () => {
    const wrong = Uint8Array.from(labels!.bytes);
    wrong[8 + 3] = 10;
    expect(() => decodeMnist({ images: images!, labels: { name: 'labels', bytes: wrong } })).toThrow(
      'labels: the label of image 3 (byte 11) is 10; it must be 0 to 9.',
    );
  });
});
