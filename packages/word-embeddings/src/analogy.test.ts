import { describe, expect, it } from 'vitest';
import { analogy } from './analogy.js';
import { wordVectors } from './word-vectors.js';

describe('analogy', () => {
  it('adds and subtracts directions, and does not answer with a term', () => {
    const words = wordVectors([
      ['man', [1, 0, 0]],
      ['king', [5, 5, 0]],
      ['woman', [0, 0, 1]],
      ['queen', [0, 2, 2]],
      ['table', [1, -1, 0]],
    ]);
    const [first] = analogy(words, { positive: ['king', 'woman'], negative: ['man'], count: 1 });
    // (1/√2, 1/√2, 0) + (0, 0, 1) - (1, 0, 0), and queen is (0, 1/√2, 1/√2).
    const [x, y, z] = [Math.SQRT1_2 - 1, Math.SQRT1_2, 1];
    expect(first!.word).toBe('queen');
    expect(first!.cosine).toBeCloseTo(((y + z) * Math.SQRT1_2) / Math.hypot(x, y, z), 9);
    expect(() => analogy(words, { positive: ['man'], negative: ['man'] })).toThrow('the vector is zero');
    expect(() => analogy(words, { positive: ['boy'] })).toThrow('there is no vector for the word "boy".');
  });
});
