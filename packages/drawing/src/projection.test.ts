import { describe, expect, it } from 'vitest';
import { isFlat, projectionOf, projectionSentence } from './projection.js';

describe('what is seen of points', () => {
  it('is the points themselves in two and three dimensions', () => {
    const circle = projectionOf([
      [1, 0],
      [0, -1],
    ]);
    expect(circle.kind).toBe('exact');
    expect(circle.place([0, -1])).toEqual([0, -1, 0]);
    expect(projectionOf([[0, 0.6, 0.8]]).place([0, 0.6, 0.8])).toEqual([0, 0.6, 0.8]);
  });

  it('is a projection on the axes along which the prototypes spread most, beyond three', () => {
    // Axis 5 holds most, then axis 2, then axis 4.
    const { kind, place } = projectionOf([
      [0, 0, 0, 0, 1],
      [0, 0, 0, 0, -1],
      [0, 0, 0, 0, 1],
      [0, 1, 0, 0, 0],
      [0, -1, 0, 0, 0],
      [0, 0, 0, 1, 0],
    ]);
    expect(kind).toBe('principal-axes');
    const seen = place(Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5));
    for (const [axis, value] of [0.5, 0.2, 0.4].entries()) expect(seen[axis]).toBeCloseTo(value, 6);
  });

  it('says when it is a projection', () => {
    expect(projectionSentence(2)).toBe('Two dimensions: the circle itself.');
    expect(projectionSentence(3)).toBe('Three dimensions: the sphere itself.');
    expect(projectionSentence(9)).toContain('9 dimensions, projected on the three principal axes');
  });

  it('is flat where all points are on the circle of the first two axes', () => {
    expect(isFlat([[0.6, 0.8, 0]])).toBe(true);
    expect(
      isFlat([
        [0.6, 0.8, 0],
        [0, 0, 1],
      ]),
    ).toBe(false);
  });
});
