import { describe, expect, it } from 'vitest';
import { projectionSentence, toSpace } from './to-space.js';

describe('what is seen of points', () => {
  it('is the points themselves in two and three dimensions', () => {
    const circle = { dimensions: 2, values: Float32Array.of(1, 0, 0, -1) };
    expect(toSpace(circle)(circle)).toEqual([
      [1, 0, 0],
      [0, -1, 0],
    ]);
    const sphere = { dimensions: 3, values: Float32Array.of(0, 0.6, 0.8) };
    expect(toSpace(sphere)(sphere)[0]).toEqual([0, Math.fround(0.6), Math.fround(0.8)]);
  });

  it('is a projection on the axes along which the prototypes spread most, beyond three', () => {
    // Axis 5 holds most, then axis 2, then axis 4.
    const prototypes = {
      dimensions: 5,
      values: Float32Array.from(
        [
          [0, 0, 0, 0, 1],
          [0, 0, 0, 0, -1],
          [0, 0, 0, 0, 1],
          [0, 1, 0, 0, 0],
          [0, -1, 0, 0, 0],
          [0, 0, 0, 1, 0],
        ].flat(),
      ),
    };
    const places = toSpace(prototypes)({ dimensions: 5, values: Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5) });
    expect(places[0]![0]).toBeCloseTo(0.5, 6);
    expect(places[0]![1]).toBeCloseTo(0.2, 6);
    expect(places[0]![2]).toBeCloseTo(0.4, 6);
  });

  it('says when it is a projection', () => {
    expect(projectionSentence(3)).toBe('Three dimensions: the sphere itself.');
    expect(projectionSentence(9)).toContain('9 dimensions, projected on the three principal axes');
  });
});
