import { bytesOf } from '@hyperspherical/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberedDataset } from '../test/numbered-dataset.js';
import { batchCount, type BatchOptions } from './batch-options.js';
import type { Batch } from './batch-writer.js';
import { batches } from './batches.js';
import type { Dataset } from './dataset.js';

function collect(dataset: Dataset, options: BatchOptions): Batch[] {
  return [...batches(dataset, options)];
}

/** All images of an epoch one after the other, and where they come from. */
function joined(made: readonly Batch[]): { images: number[]; indices: number[] } {
  return {
    images: made.flatMap((batch) => [...batch.images]),
    indices: made.flatMap((batch) => [...batch.indices]),
  };
}

/** What an image looks like after a shift and a mirror, from the definition. */
function changed(dataset: Dataset, index: number, dy: number, dx: number, flip: boolean): number[] {
  const [height, width, channels] = dataset.imageShape;
  const result: number[] = [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const fromY = y + dy;
      const fromX = (flip ? width - 1 - x : x) + dx;
      for (let channel = 0; channel < channels; channel += 1) {
        const inside = fromY >= 0 && fromY < height && fromX >= 0 && fromX < width;
        const at = ((index * height + fromY) * width + fromX) * channels + channel;
        result.push(inside ? Math.fround(dataset.images[at]! / 255) : 0);
      }
    }
  }
  return result;
}

describe('batches', () => {
  it('gives the images in their order as bytes / 255, with labels, values and indices', () => {
    const dataset = numberedDataset(3, [1, 2, 1]);
    const made = collect(dataset, { batchSize: 2 });
    expect(made).toHaveLength(2);
    expect(made[0]!.shape).toEqual([2, 1, 2, 1]);
    expect(made[0]!.images).toBeClose([0, 1 / 255, 3 / 255, 4 / 255]);
    expect(made[1]!.shape).toEqual([1, 1, 2, 1]);
    expect(made[1]!.images).toBeClose([6 / 255, 7 / 255]);
    expect(made.map(({ labels }) => [...labels!])).toEqual([[0, 1], [2]]);
    expect(made.map(({ values }) => [...values!])).toEqual([[0, 0.25], [0.5]]);
    expect(made.map(({ indices }) => [...indices])).toEqual([[0, 1], [2]]);
  });

  it('subtracts the mean and divides by the standard deviation, channel by channel', () => {
    const dataset = { ...numberedDataset(1, [1, 1, 2]), images: Uint8Array.of(255, 51) };
    const normalise = { mean: [0.5, 0.1], standardDeviation: [0.25, 0.2] };
    const [batch] = collect(dataset, { batchSize: 1, normalise });
    expect(batch!.images).toBeClose([(1 - 0.5) / 0.25, (0.2 - 0.1) / 0.2]);
  });

  it('gives the numbers that published runs were trained on', async () => {
    const dataset = {
      ...numberedDataset(100, [8, 8, 3]),
      images: Uint8Array.from({ length: 100 * 192 }, (_, at) => (at * 7 + (at >> 4) * 3) % 256),
      labels: Int32Array.from({ length: 100 }, (_, index) => index % 10),
    };
    const parts: ArrayBufferView[] = [];
    for (const epoch of [0, 1, 7]) {
      for (const seed of [0, 12345]) {
        for (const { images, labels, indices } of batches(dataset, {
          batchSize: 32,
          seed,
          epoch,
          augment: { padAndCrop: 4, horizontalFlip: true },
          normalise: { mean: [0.5, 0.4, 0.3], standardDeviation: [0.2, 0.25, 0.3] },
        })) {
          parts.push(images.slice(), labels!.slice(), indices.slice());
        }
      }
    }
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytesOf(...parts)));
    expect(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')).toBe(
      '0810ec57b85063eedb04e38cfaf0f655c2906abda51353dd15094a7ebcc514b5',
    );
  });

  it('begins at any batch, with the numbers of the whole epoch', () => {
    const dataset = numberedDataset(23, [6, 5, 3], 4);
    const augment = {
      rotation: 30,
      randomResizedCrop: { area: [0.3, 1] },
      horizontalFlip: true,
      cutout: 2,
    } as const;
    const ways: Partial<BatchOptions>[] = [
      { augment: { padAndCrop: 3, horizontalFlip: true } },
      { augment, resize: [7, 4] },
      { augment, balanceClasses: true },
      { shuffle: false, augment: { cutout: 3 } },
      { dropLast: true, reuseBuffers: false, augment: { rotation: 180 } },
    ];
    for (const way of ways) {
      const options: BatchOptions = { batchSize: 4, seed: 8, epoch: 2, ...way };
      const whole = collect(dataset, options);
      for (let start = 0; start <= whole.length; start += 1) {
        expect(collect(dataset, { ...options, start })).toEqual(whole.slice(start));
      }
    }
  });

  it('brings images to another size', () => {
    const dataset = {
      ...numberedDataset(1, [2, 4, 1]),
      images: Uint8Array.of(0, 0, 255, 255, 51, 51, 255, 255),
    };
    const [batch] = collect(dataset, { batchSize: 1, resize: [1, 2] });
    expect(batch!.shape).toEqual([1, 1, 2, 1]);
    expect(batch!.images).toBeClose([0.1, 1]);
  });

  it('covers a square of zeros with its middle anywhere in the image', () => {
    const dataset = { ...numberedDataset(2000, [4, 5, 2]), images: new Uint8Array(2000 * 40).fill(255) };
    const seen = new Map<string, number>();
    for (const { images } of batches(dataset, { batchSize: 100, seed: 0, augment: { cutout: 3 } })) {
      for (let row = 0; row < 100; row += 1) {
        const image = [...images.subarray(row * 40, (row + 1) * 40)];
        const found: string[] = [];
        for (let middleY = 0; middleY < 4; middleY += 1) {
          for (let middleX = 0; middleX < 5; middleX += 1) {
            const expected = image.map((_, at) => {
              const [y, x] = [Math.floor(at / 10), Math.floor(at / 2) % 5];
              return Math.abs(y - middleY) <= 1 && Math.abs(x - middleX) <= 1 ? 0 : 1;
            });
            if (expected.join() === image.join()) found.push(`${middleY} ${middleX}`);
          }
        }
        expect(found).toHaveLength(1);
        seen.set(found[0]!, (seen.get(found[0]!) ?? 0) + 1);
      }
    }
    expect(seen.size).toBe(20);
    // 100 each, with a standard deviation of 10.
    for (const count of seen.values()) expect(Math.abs(count - 100)).toBeLessThan(45);
  });

  it('draws classes equally often on request', () => {
    const dataset = {
      ...numberedDataset(60, [1, 1, 1], 3),
      labels: Int32Array.from({ length: 60 }, (_, index) => (index < 50 ? 0 : index < 58 ? 1 : 2)),
    };
    for (const { labels } of batches(dataset, { batchSize: 12, seed: 0, balanceClasses: true })) {
      expect([0, 1, 2].map((label) => labels!.filter((other) => other === label).length)).toEqual([4, 4, 4]);
    }
  });

  it('leaves a short last batch out on request', () => {
    const dataset = numberedDataset(10, [1, 1, 1]);
    const sizes = (dropLast: boolean) =>
      collect(dataset, { batchSize: 4, dropLast }).map(({ shape }) => shape[0]);
    expect(sizes(false)).toEqual([4, 4, 2]);
    expect(sizes(true)).toEqual([4, 4]);
    expect(batchCount(10, { batchSize: 4 })).toBe(3);
    expect(batchCount(10, { batchSize: 4, dropLast: true })).toBe(2);
    expect(collect(dataset, { batchSize: 11, dropLast: true })).toEqual([]);
  });

  it('shuffles when there is a seed, each image once, unless told not to', () => {
    const dataset = numberedDataset(40, [1, 1, 1]);
    const shuffled = joined(collect(dataset, { batchSize: 7, seed: 0 })).indices;
    expect(shuffled).not.toEqual([...shuffled].sort((a, b) => a - b));
    expect(new Set(shuffled).size).toBe(40);
    const straight = joined(collect(dataset, { batchSize: 7, seed: 0, shuffle: false })).indices;
    expect(straight).toEqual(Array.from({ length: 40 }, (_, index) => index));
  });

  it('depends on (seed, epoch) alone: not on the batch size, nor on what ran before', () => {
    const dataset = numberedDataset(30, [4, 4, 3]);
    const augment = { padAndCrop: 2, horizontalFlip: true };
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(5), fc.integer({ min: 1, max: 31 }), (seed, epoch, batchSize) => {
        const small = joined(collect(dataset, { batchSize, seed, epoch, augment }));
        const large = joined(collect(dataset, { batchSize: 30, seed, epoch, augment }));
        expect(small).toEqual(large);
        const next = joined(collect(dataset, { batchSize, seed, epoch: epoch + 1, augment }));
        expect(next.indices).not.toEqual(small.indices);
      }),
      { seed: 5, numRuns: 30 },
    );
  });

  it('has the same order with and without augmentation', () => {
    const dataset = numberedDataset(30, [4, 4, 3]);
    const plain = joined(collect(dataset, { batchSize: 8, seed: 3 })).indices;
    expect(joined(collect(dataset, { batchSize: 8, seed: 3, augment: { padAndCrop: 1 } })).indices).toEqual(
      plain,
    );
  });

  it.each([1, 3, 4])('pads with zeros, crops and mirrors images of %i channels as defined', (channels) => {
    const dataset = numberedDataset(400, [5, 6, channels]);
    const seen = new Set<string>();
    for (const { images, indices } of batches(dataset, {
      batchSize: 64,
      seed: 1,
      augment: { padAndCrop: 2, horizontalFlip: true },
    })) {
      for (const [row, index] of indices.entries()) {
        const found = [...images.subarray(row * 30 * channels, (row + 1) * 30 * channels)].join();
        const matches: string[] = [];
        for (let dy = -2; dy <= 2; dy += 1) {
          for (let dx = -2; dx <= 2; dx += 1) {
            for (const flip of [false, true]) {
              if (changed(dataset, index, dy, dx, flip).join() === found) matches.push(`${dy} ${dx} ${flip}`);
            }
          }
        }
        expect(matches).toHaveLength(1);
        seen.add(matches[0]!);
      }
    }
    // All 5 x 5 places, mirrored or not.
    expect(seen.size).toBe(50);
  });

  it('pads with the mean colour: zero after normalisation', () => {
    const dataset = { ...numberedDataset(50, [3, 3, 1]), images: new Uint8Array(450).fill(255) };
    const normalise = { mean: [0.5], standardDeviation: [0.5] };
    const made = collect(dataset, { batchSize: 50, seed: 0, augment: { padAndCrop: 2 }, normalise });
    expect(new Set(made[0]!.images)).toEqual(new Set([0, 1]));
  });

  it('mirrors about half of the images', () => {
    const dataset = numberedDataset(1000, [1, 2, 1]);
    const [batch] = collect(dataset, {
      batchSize: 1000,
      seed: 0,
      shuffle: false,
      augment: { horizontalFlip: true },
    });
    const mirrored = Array.from({ length: 1000 }, (_, row) => row).filter(
      (row) => batch!.images[row * 2] !== Math.fround(dataset.images[row * 2]! / 255),
    ).length;
    // 500 with a standard deviation of 16.
    expect(Math.abs(mirrored - 500)).toBeLessThan(64);
  });

  it('gives batches to keep, unless asked to reuse their memory', () => {
    const dataset = numberedDataset(6, [2, 2, 1]);
    const [first, second] = collect(dataset, { batchSize: 3 });
    expect(first!.images.buffer).not.toBe(second!.images.buffer);
    const seen: number[][] = [];
    let buffer: ArrayBufferLike | undefined;
    for (const { images, labels } of batches(dataset, { batchSize: 4, reuseBuffers: true })) {
      buffer ??= images.buffer;
      expect(images.buffer).toBe(buffer);
      seen.push([...images, ...labels!]);
    }
    const kept = collect(dataset, { batchSize: 4 }).map(({ images, labels }) => [...images, ...labels!]);
    expect(seen).toEqual(kept);
  });

  it('leaves nothing of the batch before in padding when memory is reused', () => {
    const dataset = numberedDataset(64, [3, 3, 1]);
    const options = { batchSize: 4, seed: 2, augment: { padAndCrop: 2 } };
    const fresh = joined(collect(dataset, options)).images;
    const reused: number[] = [];
    for (const { images } of batches(dataset, { ...options, reuseBuffers: true })) reused.push(...images);
    expect(reused).toEqual(fresh);
  });

  it('has no labels or values where the dataset has none', () => {
    const { name, split, size, imageShape, images } = numberedDataset(2, [1, 1, 1]);
    const bare = { name, split, size, imageShape, images };
    expect(Object.keys(collect(bare, { batchSize: 2 })[0]!).sort()).toEqual(['images', 'indices', 'shape']);
  });

  it('refuses bad options at once, in one sentence', () => {
    const dataset = numberedDataset(4, [4, 4, 1]);
    const refused: [BatchOptions, RegExp][] = [
      [{ batchSize: 0 }, /^batchSize is 0; it must be a whole number/],
      [{ batchSize: 1.5 }, /^batchSize is 1\.5/],
      [{ batchSize: 1, seed: -1 }, /^seed is -1; it must be/],
      [{ batchSize: 1, seed: 2 ** 53 }, /^seed is 9007199254740992/],
      [{ batchSize: 1, seed: 0, epoch: 0.5 }, /^epoch is 0\.5/],
      [{ batchSize: 1, shuffle: true }, /^shuffle needs a seed/],
      [{ batchSize: 1, augment: {} }, /^augment needs a seed/],
      [{ batchSize: 1, seed: 0, augment: { padAndCrop: -1 } }, /^augment\.padAndCrop is -1; .* 0 to 3 /],
      [{ batchSize: 1, seed: 0, augment: { padAndCrop: 4 } }, /^augment\.padAndCrop is 4/],
      [{ batchSize: 1, balanceClasses: true }, /^balanceClasses needs a seed/],
      [{ batchSize: 1, seed: 0, balanceClasses: true, shuffle: false }, /^balanceClasses draws the order/],
      [{ batchSize: 2, start: 3 }, /^start is 3; it must be a whole number from 0 to 2/],
      [{ batchSize: 2, start: -1 }, /^start is -1/],
      [{ batchSize: 2, start: 0.5 }, /^start is 0\.5/],
      [{ batchSize: 1, resize: [4, 0] }, /^resize is \[4, 0\]; height and width/],
      [{ batchSize: 1, resize: [1.5, 4] }, /^resize is \[1\.5, 4\]/],
      [{ batchSize: 1, seed: 0, augment: { rotation: 181 } }, /^augment\.rotation is 181; .* 0 to 180/],
      [{ batchSize: 1, seed: 0, augment: { rotation: Number.NaN } }, /^augment\.rotation is NaN/],
      [{ batchSize: 1, seed: 0, augment: { cutout: -1 } }, /^augment\.cutout is -1/],
      [{ batchSize: 1, seed: 0, augment: { cutout: 9 } }, /^augment\.cutout is 9; .* 0 to 8 /],
      [{ batchSize: 1, seed: 0, augment: { padAndCrop: 4 }, resize: [4, 9] }, /images of 4 x 9/],
      [
        { batchSize: 1, seed: 0, augment: { padAndCrop: 1, randomResizedCrop: {} } },
        /^augment has padAndCrop and randomResizedCrop/,
      ],
      [
        { batchSize: 1, seed: 0, augment: { randomResizedCrop: { area: [0.5, 1.1] } } },
        /^augment\.randomResizedCrop\.area is \[0\.5, 1\.1\]; it must be two numbers above 0 and at most 1/,
      ],
      [
        { batchSize: 1, seed: 0, augment: { randomResizedCrop: { aspectRatio: [2, 1] } } },
        /^augment\.randomResizedCrop\.aspectRatio is \[2, 1\]/,
      ],
      [{ batchSize: 1, normalise: { mean: [0, 0], standardDeviation: [1] } }, /^normalise has 2 means/],
      [
        { batchSize: 1, normalise: { mean: [0], standardDeviation: [0] } },
        /standard deviation 0 for channel 0/,
      ],
      [{ batchSize: 1, normalise: { mean: [Number.NaN], standardDeviation: [1] } }, /mean NaN/],
    ];
    for (const [options, message] of refused) expect(() => batches(dataset, options)).toThrow(message);
  });
});
