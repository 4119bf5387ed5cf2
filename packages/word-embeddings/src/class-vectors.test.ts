import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classVectors } from './class-vectors.js';
import { parseWordVectors } from './parse-word-vectors.js';
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
      {
        name: 'Apple',
        how: 'whole',
        words: ['apple'],
        parts: [{ text: 'Apple', word: 'apple', rule: 'lower-case' }],
        missing: [],
      },
      {
        name: 'aquarium_fish',
        how: 'parts',
        words: ['aquarium', 'fish'],
        parts: [
          { text: 'aquarium', word: 'aquarium', rule: 'exact' },
          { text: 'fish', word: 'fish', rule: 'exact' },
        ],
        missing: [],
      },
      {
        name: 'T-shirt',
        how: 'whole',
        words: ['t-shirt'],
        parts: [{ text: 'T-shirt', word: 't-shirt', rule: 'lower-case' }],
        missing: [],
      },
    ]);
  });

  it('refuses names with unknown words, and names them all with the nearest known words', () => {
    expect(() => classVectors(['apple', 'cat', 'bigh_fish', '__'], words)).toThrow(
      new RangeError(
        '3 of 4 class names have words without a vector: "cat" (cat); "bigh_fish" (bigh); "__" (it has no words). ' +
          'Give synonyms, use vectors that know them, or choose a fallback.',
      ),
    );
    expect(() => classVectors(['aplle', 'fsih'], words)).toThrow(
      '"aplle" (aplle; nearest known: apple); "fsih" (fsih; nearest known: fish).',
    );
  });

  it('says when a word is known but was not kept', () => {
    const few = parseWordVectors('apple 1\nfish 2\n', { words: ['apple'] });
    expect(() => classVectors(['fish'], few)).toThrow(
      '"fish" (fish, which is known but was not kept: see wordsToLookUp).',
    );
  });

  it.each([
    ['T-shirt/fish', ['t-shirt', 'fish'], ['joined', 'exact']],
    ['Big_T_Shirt', ['big', 't-shirt'], ['lower-case', 'joined'], 'big 1 1\nt-shirt 1 1\n'],
    [
      'New_York_taxi',
      ['New_York', 'taxi'],
      ['joined', 'exact'],
      'New_York 1 1\ntaxi 1 1\nnew 1 1\nyork 1 1\n',
    ],
    ['oak_tree', ['oak', 'tree'], ['exact', 'exact'], 'oak 1 1\ntree 1 1\noaktree 1 1\n'],
    ['lawn_mower', ['lawnmower'], ['joined'], 'lawn 1 1\nlawnmower 1 1\n'],
    ['paris', ['Paris'], ['capitalised'], 'Paris 1 1\n'],
    ['usa', ['USA'], ['upper-case'], 'USA 1 1\n'],
    ['new york', ['New_York'], ['joined'], 'New_York 1 1\nnew 1 1\nyork 1 1\n'],
    ['NEW-YORK', ['new_york'], ['joined'], 'new_york 1 1\n'],
    ['new_york', ['new york'], ['joined'], 'new york 1 1\na 1 1\nb 1 1\n'],
    ['new\u2011york', ['NEW-YORK'], ['joined'], 'NEW-YORK 1 1\n'],
    ['a_b_c_d_e', ['A-B-C-D-E'], ['joined'], 'A-B-C-D-E 1 1\n'],
    ['CAFE\u0301_noir', ['caf\u00e9', 'noir'], ['lower-case', 'exact'], 'noir 1 1\ncaf\u00e9 1 1\n'],
    ['Caf\u00e9', ['caf\u00e9'], ['lower-case'], 'cafe\u0301 1 1\n'],
    ['Café', ['cafe'], ['unaccented'], 'cafe 1 1\n'],
    ['\uff23\uff21\uff34_\ufb01sh', ['cat', 'fish'], ['unaccented', 'unaccented'], 'cat 1 1\nfish 1 1\n'],
    ["colt's foot", ['colt', 'foot'], ['possessive', 'exact'], 'colt 1 1\nfoot 1 1\n'],
    ['berries', ['berry'], ['singular'], 'berry 1 1\n'],
    ['women', ['woman'], ['singular'], 'woman 1 1\n'],
    ['leaf', ['leaves'], ['plural'], 'leaves 1 1\n'],
    ['fox', ['foxes'], ['plural'], 'foxes 1 1\n'],
    ['streetcar', ['street', 'car'], ['split', 'split'], 'street 1 1\ncar 1 1\n'],
    [
      '001.Black_footed_Albatross',
      ['black-footed', 'albatross'],
      ['joined', 'lower-case'],
      'black-footed 1 1\nalbatross 1 1\n',
    ],
  ])('finds %s as %j', (name, found, rules, text?: string) => {
    const source = text === undefined ? words : parseWordVectors(text);
    const [match] = classVectors([name], source).matches;
    expect(match!.words).toEqual(found);
    expect(match!.parts.map(({ rule }) => rule)).toEqual(rules);
  });

  it('takes synonyms for names and for words in names, and refuses those for nothing', () => {
    const synonyms = { cat: 'aquarium_fish', pear: ['apple', 'fish'] };
    const { rows, matches } = classVectors(['cat', 'pear', 'Pear_fish'], words, { synonyms });
    expect(rows.map((row) => [...row])).toEqual([[2, 1], [0.5, 1], [1 / 3, 4 / 3].map(Math.fround)]);
    expect(matches.map(({ how }) => how)).toEqual(['synonym', 'synonym', 'parts']);
    expect(matches[2]!.parts[0]).toEqual({ text: 'Pear', word: 'apple', rule: 'synonym' });
    expect(() => classVectors(['cat'], words, { synonyms: { cat: 'dog' } })).toThrow('"cat" (dog)');
    expect(() => classVectors(['fish'], words, { synonyms: { Fish: 'apple' } })).toThrow(
      'synonyms has "Fish", which is neither a class name, exactly as it is written, nor a word in one',
    );
  });

  it('takes synonyms in any Unicode form', () => {
    const { matches } = classVectors(['cafe\u0301'], words, { synonyms: { 'caf\u00e9': 'apple' } });
    expect(matches[0]!.words).toEqual(['apple']);
  });

  it('does not use another word in silence where a row that it needs cannot be read', () => {
    const some = parseWordVectors('cats 1 2\ncat 1 x\ndog 3 4\nfish 1 1\n');
    expect(classVectors(['dog', 'cats'], some).rows).toHaveLength(2);
    expect(() => classVectors(['dog', 'cat'], some)).toThrow(
      'the class name "cat" needs the vector of "cat", which has none to use: line 2: "x" is not a finite number; ',
    );
  });

  it('leaves unknown words out when told to', () => {
    const { rows, matches } = classVectors(['blue_fish', 'apple'], words, { fallback: 'known-parts' });
    expect([...rows[0]!]).toEqual([0, 2]);
    expect(matches[0]).toMatchObject({
      how: 'known-parts',
      words: ['fish'],
      missing: ['blue'],
    });
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
