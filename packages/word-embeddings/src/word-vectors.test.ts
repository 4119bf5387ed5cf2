import { describe, expect, it } from 'vitest';
import { wordVectors } from './word-vectors.js';

describe('wordVectors', () => {
  it('looks words up', () => {
    const words = wordVectors([
      ['a', [1, 2]],
      ['b', Float32Array.of(3, 4)],
    ]);
    expect(words.dimensions).toBe(2);
    expect(words.vector('b')).toEqual(Float32Array.of(3, 4));
    expect([words.has('a'), words.has('toString')]).toEqual([true, false]);
  });

  it('refuses none, ragged, empty and infinite vectors', () => {
    expect(() => wordVectors([])).toThrow('there are no word vectors.');
    const ragged = () => wordVectors([['a', [1, 2]], ['b', [1]]]); // prettier-ignore
    expect(ragged).toThrow(
      'the vector of "b" has 1 numbers; all must have the same number of them, and at least 1.',
    );
    expect(() => wordVectors([['a', []]])).toThrow('the vector of "a" has 0 numbers');
    expect(() => wordVectors([['a', [Number.NaN]]])).toThrow(
      'the vector of "a" has a number that is not finite.',
    );
  });
});
