import { describe, expect, it } from 'vitest';
import { projectOnPrincipalAxes } from './project-on-principal-axes.js';

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
