import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classVectors } from './class-vectors.js';
import { wordsToLookUp } from './words-to-look-up.js';

describe('wordsToLookUp', () => {
  it('has the names, their words, and other forms of both, each once', () => {
    const words = wordsToLookUp(['Sweet_Peppers', 'pepper']);
    expect(words).toEqual(
      expect.arrayContaining([
        'Sweet_Peppers',
        'sweet_peppers',
        'sweet-peppers',
        'sweetpeppers',
        'sweet',
        'peppers',
        'pepper',
      ]),
    );
    expect(new Set(words).size).toBe(words.length);
  });

  it('has what synonyms need', () => {
    expect(wordsToLookUp(['cat'], { synonyms: { cat: ['tom', 'kitten'] } })).toEqual(
      expect.arrayContaining(['tom', 'kitten']),
    );
  });

  it('has every word that classVectors asks for, whatever is known', () => {
    const word = fc.constantFrom('oak', 'Tree', 'berries', "colt's", 'streetcar', 'T', 'é', '12');
    const mark = fc.constantFrom('_', '-', '/', ' ', '.', ', ');
    const name = fc
      .array(fc.tuple(word, mark), { minLength: 1, maxLength: 6 })
      .map((pieces) => pieces.flat().slice(0, -1).join(''));
    const synonyms = { streetcar: 'tram_car', oak: ['tree', 'Ash/elm'] };
    fc.assert(
      fc.property(name, fc.infiniteStream(fc.boolean()), (text, answers) => {
        const asked = new Set<string>();
        const known = new Map<string, boolean>();
        const source = {
          dimensions: 1,
          vector: () => Float32Array.of(1),
          has(one: string) {
            asked.add(one);
            if (!known.has(one)) known.set(one, answers.next().value as boolean);
            return known.get(one)!;
          },
        };
        const used = Object.fromEntries(
          Object.entries(synonyms).filter(([key]) => text.toLowerCase().includes(key)),
        );
        try {
          classVectors([text], source, { fallback: 'mean', synonyms: used });
        } catch {
          // It does not matter here what becomes of them.
        }
        expect(wordsToLookUp([text], { synonyms: used })).toEqual(expect.arrayContaining([...asked]));
      }),
      { seed: 11, numRuns: 500 },
    );
  });
});
