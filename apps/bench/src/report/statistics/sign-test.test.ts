import { describe, expect, it } from 'vitest';
import { signTest } from './sign-test.js';

describe('signTest', () => {
  it('counts the outcomes of fair coins', () => {
    expect(signTest(3, 0)).toBe(0.25);
    expect(signTest(0, 6)).toBe(2 / 64);
    // 12, 11 or 10 of 12 heads, and as many tails.
    expect(signTest(10, 2)).toBeCloseTo((2 * (1 + 12 + 66)) / 4096, 14);
  });

  it('is 1 where nothing leans either way', () => {
    expect([signTest(0, 0), signTest(2, 2), signTest(1, 0)]).toEqual([1, 1, 1]);
  });
});
