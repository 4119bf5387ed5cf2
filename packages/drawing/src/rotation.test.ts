import { describe, expect, it } from 'vitest';
import { front, rotate, rotateAll, turn, upright } from './rotation.js';

describe('turning what is seen', () => {
  it('by a quarter to the right brings the point that faces the viewer to the right', () => {
    const [x, y, z] = rotate(turn(front, Math.PI / 2, 0), [0, 0, 1]);
    expect([x, y, z].map((value) => Math.round(value * 1e9) / 1e9 + 0)).toEqual([1, 0, 0]);
  });

  it('by a quarter down brings the point that faces the viewer to the bottom', () => {
    const [x, y, z] = rotate(turn(front, 0, Math.PI / 2), [0, 0, 1]);
    expect([x, y, z].map((value) => Math.round(value * 1e9) / 1e9 + 0)).toEqual([0, -1, 0]);
  });

  it('keeps lengths, however often', () => {
    let rotation = front;
    for (let step = 0; step < 1000; step += 1) rotation = turn(rotation, 0.1, 0.07);
    expect(Math.hypot(...rotate(rotation, [0.6, 0, 0.8]))).toBeCloseTo(1, 9);
  });

  it('puts the farthest points first, so that near ones are drawn over them', () => {
    const seen = rotateAll(front, [
      [0, 0, 1],
      [0, 0, -1],
      [1, 0, 0],
    ]);
    expect(seen.map(({ index }) => index)).toEqual([1, 2, 0]);
  });

  it('shows the first axis upright where there are poles', () => {
    const [x, y] = rotate(upright, [1, 0, 0]);
    expect(x).toBeCloseTo(0, 9);
    expect(y).toBeGreaterThan(0.9);
  });
});
