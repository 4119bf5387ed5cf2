import { describe, expect, it } from 'vitest';
import { median } from './median.js';

describe('the median', () => {
  it('is the middle, or the mean of the two in the middle', () => {
    expect(median([10, 1, 2])).toBe(2);
    expect(median([4, 1, 10, 2])).toBe(3);
    expect(median([7])).toBe(7);
    expect(median([])).toBeNaN();
  });
});
