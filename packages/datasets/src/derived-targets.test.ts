import { describe, expect, it } from 'vitest';
import { numberedDataset, streamed } from '../test/numbered-dataset.js';
import { blurredDataset } from './blurred-dataset.js';
import type { Dataset } from './dataset.js';
import { noisyDataset } from './noisy-dataset.js';
import { rotatedDataset } from './rotated-dataset.js';
import type { StreamedDataset } from './streamed-dataset.js';
import { datasetContract } from './testing/dataset-contract.js';

interface Derived {
  readonly name: string;
  readonly derive: <D extends Dataset | StreamedDataset>(dataset: D, seed: number) => D;
  readonly described: Partial<Dataset>;
}

const kinds: Derived[] = [
  {
    name: 'rotatedDataset',
    derive: (dataset, seed) => rotatedDataset(dataset, { range: [0, 180], seed }),
    described: {
      name: 'rotated-numbered',
      valueName: 'rotation',
      valueUnit: 'degrees',
      valueBounds: [0, 180],
    },
  },
  {
    name: 'noisyDataset',
    derive: (dataset, seed) => noisyDataset(dataset, { range: [0, 0.25], seed }),
    described: {
      name: 'noisy-numbered',
      valueName: 'noise',
      valueUnit: 'of the full range',
      valueBounds: [0, 0.25],
    },
  },
  {
    name: 'blurredDataset',
    derive: (dataset, seed) => blurredDataset(dataset, { range: [0.5, 3], seed }),
    described: { name: 'blurred-numbered', valueName: 'blur', valueUnit: 'pixels', valueBounds: [0.5, 3] },
  },
];

describe.each(kinds)('$name', ({ derive, described }) => {
  const dataset = numberedDataset(40, [9, 8, 3], 4);

  it('says what the values are, keeps labels, and leaves the dataset as it was', () => {
    const before = Uint8Array.from(dataset.images);
    const derived = derive(dataset, 0);
    expect(derived).toMatchObject(described);
    expect(derived.labels).toBe(dataset.labels);
    expect(derived.classNames).toBe(dataset.classNames);
    expect(dataset.images).toEqual(before);
    for (const { check } of datasetContract) check(derived);
  });

  it('draws values evenly from the range, by the seed alone', () => {
    const many = numberedDataset(4000, [2, 2, 1]);
    const { values } = derive(many, 1);
    const [lowest, highest] = described.valueBounds!;
    const shares = [...values!].map((value) => (value - lowest) / (highest - lowest));
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const count = shares.filter((share) => share >= tenth / 10 && share < (tenth + 1) / 10).length;
      // 400 with a standard deviation of 19.
      expect(Math.abs(count - 400)).toBeLessThan(85);
    }
    expect(derive(many, 1)).toEqual(derive(many, 1));
    expect(derive(many, 2).values).not.toEqual(values);
    // Image by image: fewer images have the values and the bytes of the first of many.
    const few = derive(
      { ...many, size: 3, images: many.images.subarray(0, 12), labels: many.labels!.subarray(0, 3) },
      1,
    );
    expect(few.values).toEqual(values!.subarray(0, 3));
    expect(few.images).toEqual(derive(many, 1).images.subarray(0, 12));
  });

  it('gives a streamed dataset the same images, whatever is read and in which order', async () => {
    const source = streamed(dataset);
    const derived = derive<StreamedDataset>(source, 3);
    const expected = derive(dataset, 3);
    expect(derived.values).toEqual(expected.values);
    for (const indices of [[5], [7, 0, 7], [5, 39]]) {
      expect(await derived.read(indices)).toEqual(
        Uint8Array.from(
          indices.flatMap((index) => [...expected.images.subarray(index * 216, (index + 1) * 216)]),
        ),
      );
    }
    await derived.close();
    expect(source.isClosed()).toBe(true);
  });

  it('refuses ranges and seeds that cannot be', () => {
    const functions = { rotatedDataset, noisyDataset, blurredDataset } as const;
    const make =
      functions[
        described.valueName === 'rotation'
          ? 'rotatedDataset'
          : described.valueName === 'noise'
            ? 'noisyDataset'
            : 'blurredDataset'
      ];
    for (const range of [
      [1, 1],
      [0.5, 0.1],
      [-400, 0.5],
      [0, 500],
      [Number.NaN, 1],
    ] as const) {
      expect(() => make(dataset, { range, seed: 0 })).toThrow(/^range is \[/);
    }
    expect(() => make(dataset, { range: [0, 1], seed: -1 })).toThrow('seed is -1; it must be a whole number');
  });
});

describe('rotatedDataset', () => {
  it('turns counter-clockwise by the value in degrees', () => {
    // A bright bar from the middle to the right, long enough to tell its direction.
    const side = 33;
    const images = new Uint8Array(50 * side * side);
    for (let index = 0; index < 50; index += 1) {
      for (let x = 17; x < 30; x += 1) images[(index * side + 16) * side + x] = 255;
    }
    const bars: Dataset = {
      name: 'bars',
      split: 'train',
      size: 50,
      imageShape: [side, side, 1],
      images,
      labels: new Int32Array(50),
      classNames: ['bar'],
    };
    const turned = rotatedDataset(bars, { range: [-180, 180], seed: 0 });
    for (let index = 0; index < 50; index += 1) {
      let [right, up] = [0, 0];
      for (let y = 0; y < side; y += 1) {
        for (let x = 0; x < side; x += 1) {
          const weight = turned.images[(index * side + y) * side + x]!;
          right += weight * (x - 16);
          up += weight * (16 - y);
        }
      }
      const found = (Math.atan2(up, right) / Math.PI) * 180;
      const difference = ((found - turned.values![index]! + 540) % 360) - 180;
      expect(Math.abs(difference)).toBeLessThan(0.5);
    }
  });

  it('leaves nothing but a circle, which is the same for every angle', () => {
    const white = {
      ...numberedDataset(30, [8, 8, 2]),
      images: new Uint8Array(30 * 128).fill(255),
    };
    const turned = rotatedDataset(white, { range: [-180, 180], seed: 1 });
    const first = turned.images.subarray(0, 128);
    for (let index = 0; index < 30; index += 1) {
      expect(turned.images.subarray(index * 128, (index + 1) * 128)).toEqual(first);
    }
    const rows = Array.from({ length: 8 }, (_, y) =>
      Array.from({ length: 8 }, (_, x) => (first[(y * 8 + x) * 2] === 255 ? '#' : '.')).join(''),
    );
    expect(rows).toEqual([
      '........',
      '..####..',
      '.######.',
      '.######.',
      '.######.',
      '.######.',
      '..####..',
      '........',
    ]);
    const unmasked = rotatedDataset(white, { range: [-180, 180], seed: 1, mask: 'none' });
    const looks = Array.from({ length: 30 }, (_, index) =>
      unmasked.images.subarray(index * 128, (index + 1) * 128).join(),
    );
    expect(new Set(looks).size).toBeGreaterThan(1);
  });

  it('refuses ranges in which two angles look the same, and masks that it does not know', () => {
    const dataset = numberedDataset(2, [4, 4, 1]);
    expect(() => rotatedDataset(dataset, { range: [-200, 200], seed: 0 })).toThrow(
      /two angles look the same/,
    );
    expect(() => rotatedDataset(dataset, { range: [0, 90], seed: 0, mask: 'square' as 'none' })).toThrow(
      'mask is "square"; it must be "circle" or "none".',
    );
  });
});

describe('noisyDataset', () => {
  it('adds noise of the standard deviation that is the value', () => {
    const grey = { ...numberedDataset(40, [48, 48, 3]), images: new Uint8Array(40 * 6912).fill(128) };
    const noisy = noisyDataset(grey, { range: [0.01, 0.12], seed: 0 });
    for (let index = 0; index < 40; index += 1) {
      const image = noisy.images.subarray(index * 6912, (index + 1) * 6912);
      const mean = image.reduce((sum, byte) => sum + byte, 0) / 6912;
      const variance = image.reduce((sum, byte) => sum + (byte - mean) ** 2, 0) / 6912;
      const expected = noisy.values![index]! * 255;
      expect(Math.abs(mean - 128)).toBeLessThan(0.06 * expected);
      // Rounding adds a twelfth; a deviation from 6912 numbers is right to .85 %.
      expect(Math.abs(Math.sqrt(variance - 1 / 12) / expected - 1)).toBeLessThan(0.04);
    }
  });
});

describe('blurredDataset', () => {
  it('is a Gaussian of the standard deviation that is the value, of any point', () => {
    const side = 41;
    const images = new Uint8Array(20 * side * side);
    for (let index = 0; index < 20; index += 1) images[(index * side + 20) * side + 20] = 255;
    const points: Dataset = { ...numberedDataset(20, [side, side, 1]), images };
    const blurred = blurredDataset(points, { range: [0.5, 2], seed: 0 });
    for (let index = 0; index < 20; index += 1) {
      const deviation = blurred.values![index]!;
      const radius = Math.ceil(3 * deviation);
      let sum = 0;
      for (let distance = -radius; distance <= radius; distance += 1) {
        sum += Math.exp(-(distance ** 2) / (2 * deviation ** 2));
      }
      for (let y = 0; y < side; y += 1) {
        for (let x = 0; x < side; x += 1) {
          const [dy, dx] = [y - 20, x - 20];
          const inside = Math.abs(dy) <= radius && Math.abs(dx) <= radius;
          const expected = inside
            ? (255 * Math.exp(-(dy ** 2 + dx ** 2) / (2 * deviation ** 2))) / sum ** 2
            : 0;
          const found = blurred.images[(index * side + y) * side + x]!;
          expect(Math.abs(found - expected)).toBeLessThanOrEqual(0.5 + 1e-9);
        }
      }
    }
  });

  it('leaves one colour one colour, up to the edge', () => {
    const grey = { ...numberedDataset(5, [6, 7, 3]), images: new Uint8Array(5 * 126).fill(99) };
    expect(blurredDataset(grey, { range: [1, 30], seed: 0 }).images).toEqual(grey.images);
  });
});
