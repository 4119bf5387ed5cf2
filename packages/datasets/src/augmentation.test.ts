import { describe, expect, it } from 'vitest';
import { type Augmentation, drawChange, type Extent, type ImageChange, unchanged } from './augmentation.js';
import { seededGenerator } from './seeded-generator.js';

function draws(augmentation: Augmentation, source: Extent, count = 4000, output = source): ImageChange[] {
  const random = seededGenerator('augmentation', 0);
  return Array.from({ length: count }, () => {
    const change = unchanged(source);
    drawChange(augmentation, random, source, output, change);
    return change;
  });
}

const mean = (numbers: readonly number[]) =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

describe('drawChange', () => {
  it('changes nothing and draws nothing that is not asked for', () => {
    const random = seededGenerator('augmentation', 0);
    const change = unchanged([4, 6]);
    drawChange({}, random, [4, 6], [4, 6], change);
    expect(change).toEqual(unchanged([4, 6]));
    expect(random.next()).toBe(seededGenerator('augmentation', 0).next());
  });

  it('draws angles evenly between minus and plus the rotation', () => {
    const degrees = draws({ rotation: 30 }, [8, 8]).map(({ angle }) => (angle / Math.PI) * 180);
    expect(Math.max(...degrees)).toBeLessThanOrEqual(30);
    expect(Math.min(...degrees)).toBeGreaterThanOrEqual(-30);
    // Means of 4000 draws have standard deviations of .27 and .12.
    expect(Math.abs(mean(degrees))).toBeLessThan(1.2);
    expect(Math.abs(mean(degrees.map(Math.abs)) - 15)).toBeLessThan(0.6);
  });

  it('draws crops whose area and aspect ratio are in their ranges and that lie inside', () => {
    const [height, width] = [20, 30];
    const crops = draws({ randomResizedCrop: {} }, [height, width]);
    for (const { cropTop, cropLeft, cropHeight, cropWidth } of crops) {
      const area = (cropHeight * cropWidth) / (height * width);
      expect(area).toBeGreaterThanOrEqual(0.08 - 1e-9);
      expect(area).toBeLessThanOrEqual(1);
      expect(cropWidth / cropHeight).toBeGreaterThanOrEqual(3 / 4 - 1e-9);
      expect(cropWidth / cropHeight).toBeLessThanOrEqual(4 / 3 + 1e-9);
      expect(cropTop).toBeGreaterThanOrEqual(0);
      expect(cropLeft).toBeGreaterThanOrEqual(0);
      expect(cropTop + cropHeight).toBeLessThanOrEqual(height + 1e-9);
      expect(cropLeft + cropWidth).toBeLessThanOrEqual(width + 1e-9);
    }
    const small = draws({ randomResizedCrop: { area: [0.1, 0.3] } }, [height, width]);
    // Small crops are never refused, so that their areas are even: .2 with a standard deviation of .001.
    const areas = small.map(({ cropHeight, cropWidth }) => (cropHeight * cropWidth) / (height * width));
    expect(Math.abs(mean(areas) - 0.2)).toBeLessThan(0.004);
    const ratios = small.map(({ cropHeight, cropWidth }) => Math.log(cropWidth / cropHeight));
    expect(Math.abs(mean(ratios))).toBeLessThan(0.012);
  });

  it('takes the largest part of an allowed shape, in the middle, where none fits', () => {
    const [change] = draws({ randomResizedCrop: { area: [1, 1], aspectRatio: [1, 1] } }, [10, 30], 1);
    expect(change).toMatchObject({ cropTop: 0, cropLeft: 10, cropHeight: 10, cropWidth: 10 });
  });

  it('shows the whole image where only that is allowed', () => {
    const [change] = draws({ randomResizedCrop: { area: [1, 1], aspectRatio: [1, 1] } }, [8, 8], 1);
    expect(change).toEqual(unchanged([8, 8]));
  });

  it('draws the middle of a cutout from the pixels of the output', () => {
    const middles = draws({ cutout: 2 }, [8, 8], 500, [2, 3]).map(
      ({ cutoutRow, cutoutColumn }) => `${cutoutRow} ${cutoutColumn}`,
    );
    expect(new Set(middles)).toEqual(new Set(['0 0', '0 1', '0 2', '1 0', '1 1', '1 2']));
  });
});
