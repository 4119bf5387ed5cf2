import '@tensorflow/tfjs-backend-cpu';
import { keep, scalar, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { closeness } from './closeness.js';
import { finiteDifferences } from './finite-differences.js';
import { tensorsLeft } from './tensors-left.js';

describe('closeness', () => {
  it('accepts numbers within the relative or the absolute tolerance', () => {
    expect(closeness(1000.009, 1000).close).toBe(true);
    expect(closeness(5e-7, 0).close).toBe(true);
  });

  it('refuses numbers beyond them, and says where', () => {
    expect(closeness([1, 2.1], [1, 2]).reason).toMatch(/^at 1: 2.1, expected 2/);
    expect(closeness(9e-4, 0).close).toBe(false);
  });

  it('refuses what is not finite, even when both sides agree', () => {
    for (const [left, right] of [
      [NaN, NaN],
      [NaN, Infinity],
      [Infinity, Infinity],
      [1, NaN],
    ]) {
      expect(closeness(left, right).close).toBe(false);
    }
  });

  it('compares shapes and dtypes of tensors', () => {
    expect(closeness(tensor1d([1, 2]), [[1, 2]]).reason).toBe('shape is [2], expected [1,2]');
    expect(closeness(tensor1d([1, 2], 'int32'), [1, 2], { dtype: 'float32' }).reason).toMatch(
      /^dtype is int32/,
    );
    expect(closeness(tensor2d([[1, 2]]), [[1, 2]], { dtype: 'float32' }).close).toBe(true);
  });

  it('is at hand as the matcher toBeClose', () => {
    expect(new Float32Array([1, 2])).toBeClose([1, 2]);
    expect([1, 2]).not.toBeClose([1, 3]);
  });
});

describe('finiteDifferences', () => {
  it('gives 2x for the square', () => {
    expect(finiteDifferences((x) => x[0]! ** 2 + 3 * x[1]!, [2, 5])).toBeClose([4, 3], { absolute: 1e-8 });
  });
});

describe('tensorsLeft', () => {
  it('is 0 for a function that returns what it made, and counts what is kept', () => {
    expect(tensorsLeft(() => scalar(1))).toBe(0);
    expect(
      tensorsLeft(() => {
        keep(scalar(2));
        return scalar(1);
      }),
    ).toBe(1);
  });
});
