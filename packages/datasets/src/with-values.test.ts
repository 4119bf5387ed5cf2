import { describe, expect, it } from 'vitest';
import { numberedDataset } from '../test/numbered-dataset.js';
import { datasetContract } from './testing/dataset-contract.js';
import { withBrightness } from './with-brightness.js';
import { withValues } from './with-values.js';

const dataset = numberedDataset(3, [1, 2, 1]);

describe('withValues', () => {
  it('gives every image a value, with a name, a unit and bounds', () => {
    const described = withValues(dataset, [1500, 1700, 1932], {
      valueName: 'creation year',
      valueUnit: 'years',
      valueBounds: [1000, 1932],
    });
    expect([...described.values!]).toEqual([1500, 1700, 1932]);
    expect(described).toMatchObject({
      valueName: 'creation year',
      valueUnit: 'years',
      valueBounds: [1000, 1932],
    });
    expect(described.labels).toBe(dataset.labels);
    expect(described.images).toBe(dataset.images);
  });

  it('takes a function of the position, and the lowest and highest value as bounds', () => {
    const { values, valueBounds } = withValues(dataset, (index) => 5 - index);
    expect([...values!]).toEqual([5, 4, 3]);
    expect(valueBounds).toEqual([3, 5]);
  });

  it('forgets the description of earlier values', () => {
    const years = withValues(dataset, [1, 2, 3], { valueName: 'year', valueUnit: 'years' });
    const again = withValues(years, [4, 5, 6]);
    expect('valueName' in again || 'valueUnit' in again).toBe(false);
  });

  it('takes values at bounds that float32 rounds away', () => {
    const described = withValues(dataset, [0, 0.1, 0.05], { valueBounds: [0, 0.1] });
    for (const { check } of datasetContract) check(described);
  });

  it('refuses what is not one finite value an image within bounds', () => {
    expect(() => withValues(dataset, [1, 2])).toThrow(
      'there are 2 values for the 3 images of numbered train; give one an image.',
    );
    expect(() => withValues(dataset, [1, Number.NaN, 3])).toThrow(
      'values[1] is NaN; it must be a finite number.',
    );
    expect(() => withValues(dataset, [1, 2, 3], { valueBounds: [0, 2] })).toThrow(
      'values[2] is 3; it must be from 0 to 2, the bounds.',
    );
    expect(() => withValues(dataset, [1, 1, 1])).toThrow(
      'the bounds of the values are [1, 1]; both must be finite',
    );
    expect(() => withValues(dataset, [1, 1, 1], { valueBounds: [2, 0] })).toThrow(/values/);
    expect(() => withValues(dataset, [1, 1, 1], { valueBounds: [0, Infinity] })).toThrow(/finite/);
  });
});

describe('withBrightness', () => {
  it('is the mean of all bytes of an image, from 0 to 1', () => {
    const images = Uint8Array.of(0, 0, 255, 255, 51, 0);
    const bright = withBrightness({ ...dataset, images });
    expect(bright.values).toBeClose([0, 1, 0.1]);
    expect(bright).toMatchObject({ valueName: 'brightness', valueBounds: [0, 1] });
    expect(bright.labels).toBe(dataset.labels);
  });
});
