import { describe, expect, it } from 'vitest';
import { prototypesFromVectors } from './prototypes-from-vectors.js';

describe('prototypesFromVectors', () => {
  it('divides each row by its length', () => {
    const { classes, dimensions, values, method } = prototypesFromVectors([
      [3, 4],
      new Float32Array([0, -2]),
    ]);
    expect({ classes, dimensions, method }).toEqual({ classes: 2, dimensions: 2, method: 'given' });
    expect(values).toBeClose([0.6, 0.8, 0, -1]);
  });

  it('keeps the direction of rows too long or short to square', () => {
    const { values } = prototypesFromVectors([
      [3e200, 4e200],
      [3e-200, -4e-200],
    ]);
    expect(values).toBeClose([0.6, 0.8, 0.6, -0.8]);
  });

  it('refuses rows that are not finite, zero, ragged, or no rows at all', () => {
    const rows =
      (...given: unknown[]) =>
      () =>
        prototypesFromVectors(given as number[][]);
    expect(rows([1, 2], [1, NaN])).toThrow('rows[1][1] must be a finite number, and is NaN');
    expect(rows([1, 2], [0, 0])).toThrow('rows[1] is zero, and a zero vector has no direction');
    expect(rows([1, 2], [1, 2, 3])).toThrow('rows[1] must have 2 numbers like rows[0], and has 3');
    expect(rows([1, 2])).toThrow('classes must be an integer of at least 2, and is 1');
    expect(rows([], [])).toThrow('dimensions must be an integer of at least 1, and is 0');
    expect(() => prototypesFromVectors('no' as never)).toThrow(TypeError);
  });
});
