import { describe, expect, it } from 'vitest';
import { cosineMatrix } from './cosine-matrix.js';

describe('cosineMatrix', () => {
  it('has the cosine of every two vectors', () => {
    const { size, values } = cosineMatrix([
      [2, 0],
      [1, 1],
      [0, -3],
    ]);
    expect(size).toBe(3);
    const half = Math.SQRT1_2;
    for (const [index, right] of [1, half, 0, half, 1, -half, 0, -half, 1].entries()) {
      expect(values[index]).toBeCloseTo(right, 15);
    }
  });

  it('refuses vectors without a direction or of another length', () => {
    expect(() => cosineMatrix([[1], [0]])).toThrow('row 1 is zero or not finite, and has no direction.');
    expect(() => cosineMatrix([[1, 2], [1]])).toThrow(
      'row 1 has 1 numbers; all must have as many as the first',
    );
    expect(cosineMatrix([]).values).toHaveLength(0);
  });
});
