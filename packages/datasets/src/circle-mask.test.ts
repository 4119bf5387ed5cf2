import { describe, expect, it } from 'vitest';
import { circleMask } from './circle-mask.js';

describe('circleMask', () => {
  it('keeps the largest circle of whole pixels', () => {
    expect([...circleMask([3, 3])]).toEqual([0, 1, 0, 1, 1, 1, 0, 1, 0]);
    expect([...circleMask([3, 4])]).toEqual([0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]);
    expect([...circleMask([1, 1])]).toEqual([1]);
  });
});
