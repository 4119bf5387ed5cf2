import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestWords } from './nearest-words.js';
import { wordVectors } from './word-vectors.js';

const number = fc.float({ min: -10, max: 10, noNaN: true });
const vectorOf = (dimensions: number) =>
  fc
    .array(number, { minLength: dimensions, maxLength: dimensions })
    .filter((row) => Math.hypot(...row) > 0.1);

function cosine(first: readonly number[], second: readonly number[]): number {
  const dot = first.reduce((sum, value, index) => sum + value * second[index]!, 0);
  return dot / Math.hypot(...first) / Math.hypot(...second);
}

describe('nearestWords', () => {
  const words = wordVectors([
    ['east', [1, 0]],
    ['north', [0, 2]],
    ['north-east', [3, 3]],
    ['nowhere', [0, 0]],
    ['west', [-1, 0]],
  ]);

  it('gives the nearest first, without the word itself', () => {
    expect(nearestWords(words, 'east', { count: 2 }).map(({ word }) => word)).toEqual([
      'north-east',
      'north',
    ]);
    expect(nearestWords(words, [-5, 0.1]).map(({ word }) => word)).toEqual([
      'west',
      'north',
      'north-east',
      'east',
    ]);
    expect(nearestWords(words, [1, 0], { count: 1, exclude: ['east', 'unknown'] })[0]!.word).toBe(
      'north-east',
    );
  });

  it('agrees with sorting all cosines, for any vectors', () => {
    const rows = fc
      .integer({ min: 1, max: 9 })
      .chain((dimensions) => fc.array(vectorOf(dimensions), { minLength: 2, maxLength: 30 }));
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 5 }), (list, count) => {
        const table = wordVectors(list.map((row, index) => [`w${index}`, row]));
        const sorted = list
          .map((row) => cosine(list[0]!.map(Math.fround), row.map(Math.fround)))
          .slice(1)
          .sort((a, b) => b - a);
        const found = nearestWords(table, 'w0', { count });
        expect(found).toHaveLength(Math.min(count, list.length - 1));
        for (const [place, one] of found.entries()) expect(one.cosine).toBeCloseTo(sorted[place]!, 9);
      }),
      { seed: 12, numRuns: 200 },
    );
  });

  it('refuses what has no neighbours', () => {
    expect(() => nearestWords(words, 'south')).toThrow('there is no vector for the word "south".');
    expect(() => nearestWords(words, 'nowhere')).toThrow('the vector is zero or not finite');
    expect(() => nearestWords(words, [1])).toThrow('the vector has 1 numbers, and those of the words 2.');
    expect(() => nearestWords(words, 'east', { count: 0 })).toThrow('count must be a whole number from 1 on');
  });
});
