import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WordIndex } from './word-index.js';

describe('WordIndex', () => {
  it('gives each word the next row, and finds it again', () => {
    const index = WordIndex.of(['b', 'a', 'b', '', 'é']);
    expect(index.size).toBe(4);
    expect(['b', 'a', '', 'é', 'c'].map((word) => index.row(word))).toEqual([0, 1, 2, 3, -1]);
    expect([0, 1, 2, 3].map((row) => index.word(row))).toEqual(['b', 'a', '', 'é']);
  });

  it('does what a Map does, for any words', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 4 }), { maxLength: 600 }), (words) => {
        const map = new Map([...new Set(words)].map((word, row) => [word, row]));
        const index = WordIndex.of(words);
        expect(index.size).toBe(map.size);
        for (const [word, row] of map) {
          expect(index.row(word)).toBe(row);
          expect(index.word(row)).toBe(word);
        }
        const copy = new WordIndex(index.parts());
        for (const [word, row] of map) expect(copy.row(word)).toBe(row);
        expect(copy.row('no such word')).toBe(-1);
      }),
      { seed: 6, numRuns: 100 },
    );
  });
});
