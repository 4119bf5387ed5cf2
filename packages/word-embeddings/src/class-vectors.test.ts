import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classVectors } from './class-vectors.js';
import { wordVectors } from './word-vectors.js';

const words = wordVectors([
  ['apple', [1, 0]],
  ['fish', [0, 2]],
  ['aquarium', [4, 0]],
  ['t-shirt', [9, 9]],
]);

describe('classVectors', () => {
  it("takes a name's own vector, or the mean of its words' vectors", () => {
    const { dimensions, values, rows, matches } = classVectors(['Apple', 'aquarium_fish', 'T-shirt'], words);
    expect(dimensions).toBe(2);
    expect([...values]).toEqual([1, 0, 2, 1, 9, 9]);
    expect(rows.map((row) => [...row])).toEqual([
      [1, 0],
      [2, 1],
      [9, 9],
    ]);
    expect(rows[1]!.buffer).toBe(values.buffer);
    expect(matches).toEqual([
      { name: 'Apple', how: 'whole', words: ['apple'], missing: [] },
      { name: 'aquarium_fish', how: 'parts', words: ['aquarium', 'fish'], missing: [] },
      { name: 'T-shirt', how: 'whole', words: ['t-shirt'], missing: [] },
    ]);
  });

  it('refuses names with unknown words, and names them all', () => {
    expect(() => classVectors(['apple', 'cat', 'blue_fish', '__'], words)).toThrow(
      new RangeError(
        '3 of 4 class names have words without a vector: "cat" (cat); "blue_fish" (blue); "__" (it has no words). ' +
          'Use vectors that know them, rename the classes, or choose a fallback.',
      ),
    );
  });

  it('leaves unknown words out when told to', () => {
    const { rows, matches } = classVectors(['blue_fish', 'apple'], words, { fallback: 'known-parts' });
    expect([...rows[0]!]).toEqual([0, 2]);
    expect(matches[0]).toEqual({ name: 'blue_fish', how: 'known-parts', words: ['fish'], missing: ['blue'] });
    expect(() => classVectors(['cat', 'blue_fish'], words, { fallback: 'known-parts' })).toThrow(
      /^1 of 2 class names .*: "cat" \(cat\)\./,
    );
  });

  it('gives wholly unknown names the mean of the others when told to', () => {
    const { rows, matches } = classVectors(['apple', 'cat', 'blue_fish'], words, { fallback: 'mean' });
    expect([...rows[1]!]).toEqual([0.5, 1]);
    expect(matches.map(({ how }) => how)).toEqual(['whole', 'mean', 'known-parts']);
    expect(() => classVectors(['cat'], words, { fallback: 'mean' })).toThrow(
      'no class name has a word with a vector; the mean needs at least one.',
    );
  });

  it('is the mean in float64 of the parts, for any vectors', () => {
    const number = fc.float({ min: -100, max: 100, noNaN: true });
    const vector = fc.array(number, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(vector, { minLength: 2, maxLength: 6 }), (vectors) => {
        const entries = vectors.map((values, index) => [`w${index}x`, values] as const);
        const name = entries.map(([word]) => word).join('_');
        const [row] = classVectors([name], wordVectors(entries)).rows;
        const mean = [0, 1, 2].map(
          (axis) => vectors.reduce((sum, values) => sum + values[axis]!, 0) / vectors.length,
        );
        expect(row).toBeClose(mean, { relative: 1e-6 });
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  it('has nothing for no names', () => {
    expect(classVectors([], words).rows).toEqual([]);
  });
});
