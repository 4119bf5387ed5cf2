import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseGloveText } from './parse-glove-text.js';

describe('parseGloveText', () => {
  it('reads a word and its numbers from each line', () => {
    const words = parseGloveText('king 0.5 -1\nqueen 2 1e-3\n');
    expect(words.dimensions).toBe(2);
    expect(words.vector('king')).toEqual(Float32Array.of(0.5, -1));
    expect(words.vector('queen')).toEqual(Float32Array.of(2, 1e-3));
    expect([words.has('king'), words.has('King'), words.has('prince')]).toEqual([true, false, false]);
    expect(words.vector('prince')).toBeUndefined();
  });

  it('does not need a line feed at the end, and takes those of Windows', () => {
    expect(parseGloveText('a 1\r\nb 2').vector('b')).toEqual(Float32Array.of(2));
  });

  it('keeps only the wanted words', () => {
    const words = parseGloveText('a 1\nb 2\nc 3', { words: ['c', 'a', 'z'] });
    expect(['a', 'b', 'c', 'z'].map((word) => words.has(word))).toEqual([true, false, true, false]);
  });

  it('takes words that hold spaces or look like numbers', () => {
    const words = parseGloveText('the 1 2\n. . . 3 4\n2019 5 6\nat name@domain.com 7 8\n');
    expect(words.vector('. . .')).toEqual(Float32Array.of(3, 4));
    expect(words.vector('2019')).toEqual(Float32Array.of(5, 6));
    expect(words.vector('at name@domain.com')).toEqual(Float32Array.of(7, 8));
  });

  it('does not split at other spaces than the plain one', () => {
    expect(parseGloveText('a\u00a0b 1\n\u0085 2').vector('\u0085')).toEqual(Float32Array.of(2));
  });

  it.each([
    ['', 'the GloVe text is empty; word vectors need at least one line.'],
    ['word', 'the GloVe text, line 1: it has a word but no numbers.'],
    ['\n', 'the GloVe text, line 1: it has a word but no numbers.'],
    ['a 1 2\nb 1', 'the GloVe text, line 2: it has 1 numbers after the word; line 1 has 2.'],
    ['a 1 2\n\nb 1 2', 'the GloVe text, line 2: it has 0 numbers after the word; line 1 has 2.'],
    ['a 1 2\nb 1 2 3', 'the GloVe text, line 2: it has 3 numbers after the word; line 1 has 2.'],
    ['a 1 2\nb 1 two', 'the GloVe text, line 2: "two" is not a finite number.'],
    ['a 1 2\nb 1 ', 'the GloVe text, line 2: "" is not a finite number.'],
    ['a 1 0x10', 'the GloVe text, line 1: "0x10" is not a finite number.'],
    ['a NaN', 'the GloVe text, line 1: "NaN" is not a finite number.'],
    ['a Infinity', 'the GloVe text, line 1: "Infinity" is not a finite number.'],
    ['a 1e39', 'the GloVe text, line 1: "1e39" is not a finite number.'],
    [' 1 2', 'the GloVe text, line 1: it has no word before its first space.'],
    ['a 1\nb 2\na 3', 'the GloVe text, line 3: the word "a" is there twice, first in line 1.'],
  ])('refuses %j, and says where', (text, message) => {
    expect(() => parseGloveText(text)).toThrow(new RangeError(message));
  });

  it('counts the fields of lines whose words are not wanted, too', () => {
    expect(() => parseGloveText('a 1 2\nb 1', { words: ['a'] })).toThrow('line 2: it has 1 numbers');
  });

  it('gives back what was written', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[ \n\r]/.test(text));
    const entries = fc.integer({ min: 1, max: 6 }).chain((dimensions) =>
      fc.uniqueArray(
        fc.tuple(
          word,
          fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
            minLength: dimensions,
            maxLength: dimensions,
          }),
        ),
        { minLength: 1, maxLength: 20, selector: ([text]) => text },
      ),
    );
    fc.assert(
      fc.property(entries, fc.boolean(), (list, feed) => {
        const text = list.map(([name, numbers]) => `${name} ${numbers.join(' ')}`).join('\n');
        const words = parseGloveText(feed ? `${text}\n` : text);
        for (const [name, numbers] of list) {
          expect([...words.vector(name)!]).toEqual(
            numbers.map((number) => (Object.is(number, -0) ? 0 : number)),
          );
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('either reads any text at all into whole, finite vectors, or refuses it with a line', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '1',
      '-2.5',
      '1e400',
      'NaN',
      ' ',
      ' ',
      '\n',
      '\r\n',
      'é',
      '\u0000',
      '.',
      '+',
      '.5',
      '0x1',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
          fc.string(),
        ),
        (text) => {
          try {
            const words = parseGloveText(text);
            expect(words.dimensions).toBeGreaterThan(0);
            for (const line of text.split('\n')) {
              const vector = words.vector(line.split(' ')[0]!);
              if (vector === undefined) continue;
              expect(vector).toHaveLength(words.dimensions);
              expect(vector.every((value) => Number.isFinite(value))).toBe(true);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
            expect((error as Error).message).toMatch(/^the GloVe text(, line \d+: | is empty)/);
          }
        },
      ),
      { seed: 2, numRuns: 1000 },
    );
  });
});
