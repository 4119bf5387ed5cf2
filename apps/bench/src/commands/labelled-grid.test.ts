import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawLabelledGrid, gridIndices, gridLabels } from './labelled-grid.js';

const labels = Int32Array.from({ length: 60 }, (_, index) => index % 3);
const classNames = ['ant', 'bee', 'cow'];

describe('gridIndices', () => {
  it('takes as many of each class as there is room for, classes in their order', () => {
    const chosen = gridIndices({ size: 60, labels, classNames }, 8, 0);
    expect(Array.from(chosen, (index) => labels[index])).toEqual([0, 0, 1, 1, 2, 2]);
    expect(new Set(chosen).size).toBe(6);
    expect(gridIndices({ size: 60, labels, classNames }, 8, 0)).toEqual(chosen);
    expect(gridIndices({ size: 60, labels, classNames }, 8, 1)).not.toEqual(chosen);
  });

  it('takes no more than asked for, also of more classes', () => {
    expect(gridIndices({ size: 60, labels, classNames }, 2, 0)).toHaveLength(2);
  });

  it('sorts by value where there are no classes', () => {
    const values = Float32Array.from({ length: 10 }, (_, index) => (index * 7) % 10);
    const chosen = gridIndices({ size: 10, values }, 4, 0);
    const shown = Array.from(chosen, (index) => values[index]!);
    expect(shown).toEqual([...shown].sort((left, right) => left - right));
  });
});

describe('gridLabels', () => {
  it('shows classes, values with their units, or both', () => {
    const described = { name: 'x', split: 'train', size: 2, imageShape: [1, 1, 1] } as const;
    const values = Float32Array.of(12.3456, 1888);
    const both = Int32Array.of(0, 1);
    expect(gridLabels({ ...described, labels, classNames }, both)).toEqual(['ant', 'bee']);
    expect(gridLabels({ ...described, values, valueUnit: 'years' }, both)).toEqual([
      '12.3 years',
      '1888 years',
    ]);
    expect(gridLabels({ ...described, labels, classNames, values, valueUnit: 'degrees' }, both)).toEqual([
      'ant, 12.3°',
      'bee, 1888°',
    ]);
  });
});

describe('drawLabelledGrid', () => {
  it('draws each image enlarged in its place, with text below it', async () => {
    const png = await drawLabelledGrid({
      title: 'two <images> & no more',
      images: Uint8Array.of(255, 0, 0, 0, 0, 255),
      imageShape: [1, 1, 3],
      labels: ['red', 'a very long label that does not fit below'],
    });
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    const pixel = (x: number, y: number) => [
      ...data.subarray((y * info.width + x) * info.channels).subarray(0, 3),
    ];
    expect(pixel(50, 80)).toEqual([255, 0, 0]);
    expect(pixel(150, 80)).toEqual([0, 0, 255]);
    expect(pixel(107, 80)).toEqual([255, 255, 255]);
    const below = data.subarray(
      (40 + 96) * info.width * info.channels,
      (40 + 96 + 16) * info.width * info.channels,
    );
    expect(Math.min(...below)).toBeLessThan(120);
  });

  it('draws grey images in grey', async () => {
    const png = await drawLabelledGrid({
      title: '',
      images: Uint8Array.of(90),
      imageShape: [1, 1, 1],
      labels: ['x'],
    });
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    expect([...data.subarray((60 * info.width + 40) * info.channels).subarray(0, 3)]).toEqual([90, 90, 90]);
  });
});
