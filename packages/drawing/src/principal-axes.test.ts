import { describe, expect, it } from 'vitest';
import { alongAxes, principalAxes } from './principal-axes.js';

describe('principalAxes', () => {
  it('finds the directions of widest spread around the origin', () => {
    // Spread 9 along (3, 4) / 5 and 1 along (-4, 3) / 5.
    const rows = [
      [1.8, 2.4],
      [-1.8, -2.4],
      [-0.8, 0.6],
    ];
    const [first, second] = principalAxes(rows, 2);
    expect(first![0]).toBeCloseTo(0.6, 6);
    expect(first![1]).toBeCloseTo(0.8, 6);
    expect(Math.abs(second![0]!)).toBeCloseTo(0.8, 6);
    expect(alongAxes(rows[0]!, [first!, second!]).map((x) => Math.abs(Math.round(x * 1e6) / 1e6))).toEqual([
      3, 0,
    ]);
  });

  it('gives orthonormal axes', () => {
    const rows = Array.from({ length: 20 }, (_, i) =>
      Array.from({ length: 6 }, (_, j) => Math.sin(i * 7 + j * j)),
    );
    const axes = principalAxes(rows, 3);
    for (const [i, left] of axes.entries()) {
      for (const [j, right] of axes.entries()) {
        expect(alongAxes(left, [right])[0]).toBeCloseTo(i === j ? 1 : 0, 6);
      }
    }
  });
});
