import { describe, expect, it } from 'vitest';
import { alongAxes, principalAxes, projectOnPrincipalAxes } from './principal-axes.js';

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

describe('projectOnPrincipalAxes', () => {
  it('gives unit rows of the dimensions asked for', () => {
    const rows = Array.from({ length: 5 }, (_, i) =>
      Array.from({ length: 8 }, (_, j) => Math.cos(i + 2 * j * i)),
    );
    const { classes, dimensions, values, method } = projectOnPrincipalAxes(rows, 3);
    expect({ classes, dimensions, method }).toEqual({ classes: 5, dimensions: 3, method: 'word-vectors' });
    for (let row = 0; row < 5; row += 1)
      expect(Math.hypot(...values.slice(3 * row, 3 * row + 3))).toBeCloseTo(1, 5);
  });

  it('keeps all cosines when no axis is left out', () => {
    const rows = [
      [3, 0, 0],
      [0, 2, 0],
      [1, 1, 5],
    ];
    const { values } = projectOnPrincipalAxes(rows, 3);
    const cosine = (i: number, j: number): number =>
      [0, 1, 2].reduce((sum, at) => sum + values[3 * i + at]! * values[3 * j + at]!, 0);
    expect(cosine(0, 1)).toBeCloseTo(0, 5);
    expect(cosine(0, 2)).toBeCloseTo(1 / Math.sqrt(27), 5);
  });

  it('says how many dimensions there can be', () => {
    expect(() =>
      projectOnPrincipalAxes(
        [
          [1, 2, 3],
          [0, 1, 0],
        ],
        3,
      ),
    ).toThrow(/2 word vectors of 3 dimensions have 2 principal axes at most, and 3 were asked for/);
  });
});
