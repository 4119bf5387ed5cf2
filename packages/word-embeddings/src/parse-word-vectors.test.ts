import { bytesOf } from '@hyperspherical/testing';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { classVectors } from './class-vectors.js';
import type { WordVectorsFormat } from './formats/detect-format.js';
import { OddRows } from './odd-rows.js';
import { parserOf, parseWordVectors } from './parse-word-vectors.js';
import { tableSink } from './row-sink.js';
import { type Entries, written } from '../test/written.js';

const formats: readonly WordVectorsFormat[] = ['glove', 'word2vec-text', 'word2vec-binary', 'json'];
const example: Entries = [
  ['king', [0.5, -1, 3]],
  ['queen', [2, 1e-3, 0]],
  ['né', [0, 0, 1e30]],
];

describe.each(formats)('parseWordVectors of %s', (format) => {
  it('reads words and their numbers, and tells the format by itself', () => {
    const words = parseWordVectors(written(format, example));
    expect([words.dimensions, words.size]).toEqual([3, 3]);
    for (const [row, [word, numbers]] of example.entries()) {
      expect(words.vector(word)).toEqual(Float32Array.from(numbers));
      expect([words.row(word), words.word(row)]).toEqual([row, word]);
    }
    expect(words.values).toEqual(Float32Array.from(example.flatMap(([, numbers]) => numbers)));
    expect([words.has('King'), words.vector('prince'), words.row('prince')]).toEqual([false, undefined, -1]);
    expect(() => words.word(3)).toThrow('row must be a whole number from 0 to 2, and is 3.');
  });

  it('keeps only the wanted words, and still knows which others there are', () => {
    const words = parseWordVectors(written(format, example), { words: ['né', 'absent'] });
    expect(['king', 'né', 'absent'].map((word) => words.has(word))).toEqual([false, true, false]);
    expect(words.vector('né')).toEqual(Float32Array.of(0, 0, 1e30));
    expect([...words.vocabulary]).toEqual(['king', 'queen', 'né']);
  });

  it('keeps the first vector of a word that comes twice, but refuses the word where it is asked for, or any word, by option', () => {
    const twice = written(format, [...example, ['king', [7, 7, 7]]]);
    const problem = /the word "king" is there twice, first (in line|at byte) \d+; /;
    for (const options of [{}, { duplicates: 'keep-first', words: ['king', 'queen', 'né'] }] as const) {
      const onWarning = vi.fn();
      const words = parseWordVectors(twice, { ...options, onWarning });
      expect([words.size, words.vector('king')]).toEqual([3, Float32Array.of(0.5, -1, 3)]);
      expect(onWarning.mock.calls).toEqual([
        [
          expect.stringMatching(
            /^the word vectors: skipped 1 row: 1 whose word was there before \((line|byte) \d+\)\.$/,
          ),
        ],
      ]);
    }
    expect(() => parseWordVectors(twice, { words: ['king'] })).toThrow(problem);
    expect(() => parseWordVectors(twice, { duplicates: 'error' })).toThrow(problem);
    expect(parseWordVectors(twice, { words: ['queen'] }).size).toBe(1);
    const same = written(format, [...example, example[0]!]);
    expect(parseWordVectors(same, { words: ['king'] }).size).toBe(1);
  });

  it('reads only as many rows as `limit` says', () => {
    const words = parseWordVectors(written(format, example), { limit: 2 });
    expect([words.size, words.has('né')]).toEqual([2, false]);
    const onWarning = vi.fn();
    expect(parseWordVectors(written(format, example), { limit: 9, onWarning }).size).toBe(3);
    expect(onWarning).not.toHaveBeenCalled();
  });

  it('knows words that JavaScript has as properties', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const words = parseWordVectors(
      written(
        format,
        names.map((name, index) => [name, [index]]),
      ),
    );
    for (const [index, name] of names.entries()) expect(words.vector(name)).toEqual(Float32Array.of(index));
    expect(classVectors(names, words).matches.map(({ how }) => how)).toEqual(names.map(() => 'whole'));
  });

  it('finds a word in whatever Unicode form it is written, its own first', () => {
    const [composed, separate] = ['caf\u00e9', 'cafe\u0301'];
    for (const [inFile, asked] of [
      [composed, separate],
      [separate, composed],
    ] as const) {
      for (const options of [{}, { words: [asked] }]) {
        const words = parseWordVectors(written(format, [[inFile, [1]]]), options);
        expect([words.has(asked), words.vector(asked)?.[0], words.row(inFile)]).toEqual([true, 1, 0]);
      }
    }
    const both = parseWordVectors(
      written(format, [
        [composed, [1]],
        [separate, [2]],
      ]),
      { words: [composed, separate] },
    );
    expect([both.vector(composed)![0], both.vector(separate)![0]]).toEqual([1, 2]);
  });

  it('is the same in whatever pieces the bytes come', () => {
    const bytes = written(format, example);
    const whole = parseWordVectors(bytes);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 8 }), (cuts) => {
        const sink = tableSink();
        const parser = parserOf('it', { format }, sink, new OddRows());
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        for (const [place, end] of places.slice(1).entries()) {
          // The memory of a piece is used again, as it is with files.
          const piece = bytes.slice(places[place], end);
          parser.push(piece);
          piece.fill(0);
        }
        parser.finish();
        expect(sink.table(new OddRows()).values).toEqual(whole.values);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('gives back what was written, for any words and numbers', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[ \n\r\p{Cs}]/u.test(text));
    const number = fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    const entries = fc.integer({ min: 1, max: 6 }).chain((dimensions) =>
      fc.uniqueArray(fc.tuple(word, fc.array(number, { minLength: dimensions, maxLength: dimensions })), {
        minLength: 1,
        maxLength: 20,
        selector: ([text]) => text,
      }),
    );
    fc.assert(
      fc.property(entries, (list) => {
        const words = parseWordVectors(written(format, list), { format });
        expect(words.size).toBe(list.length);
        for (const [name, numbers] of list) expect(words.vector(name)).toEqual(Float32Array.from(numbers));
      }),
      { seed: 8, numRuns: 200 },
    );
  });

  it('either reads altered bytes into whole, finite vectors, or refuses them with a place', () => {
    const bytes = written(format, example);
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 4 }),
        fc.nat(bytes.length),
        fc.boolean(),
        (changes, length, cut) => {
          const altered = bytes.slice(0, cut ? length : undefined);
          for (const [at, byte] of changes) if (at < altered.length) altered[at] = byte;
          for (const given of [format, undefined]) {
            try {
              const words = parseWordVectors(altered, { format: given });
              expect(words.values).toHaveLength(words.size * words.dimensions);
              expect(words.values.every((value) => Number.isFinite(value))).toBe(true);
            } catch (error) {
              expect(error).toBeInstanceOf(RangeError);
              expect((error as Error).message).toMatch(
                /^the word vectors(, line \d+: |, byte \d+: | is | has )/,
              );
            }
          }
        },
      ),
      { seed: 9, numRuns: 2000 },
    );
  });
});

describe('parseWordVectors of text', () => {
  it('takes line feeds of Windows, spaces at the ends of lines, a byte order mark, and no line feed at the end', () => {
    expect(parseWordVectors('\ufeffa 1\r\nb 2').vector('a')).toEqual(Float32Array.of(1));
    expect(parseWordVectors('2 2\na 1 2 \nb 3 4 \n').vector('b')).toEqual(Float32Array.of(3, 4));
  });

  it('takes words that hold spaces or look like numbers', () => {
    const words = parseWordVectors('the 1 2\n. . . 3 4\n2019 5 6\nat name@domain.com 7 8\n');
    expect(words.vector('. . .')).toEqual(Float32Array.of(3, 4));
    expect(words.vector('2019')).toEqual(Float32Array.of(5, 6));
    expect(words.vector('at name@domain.com')).toEqual(Float32Array.of(7, 8));
  });

  it('does not split at other spaces than the plain one', () => {
    expect(parseWordVectors('a\u00a0b 1\n\u0085 2').vector('\u0085')).toEqual(Float32Array.of(2));
  });

  it.each([
    ['', ' is empty; word vectors need at least one line.'],
    ['word', ', line 1: it has a word but no numbers.'],
    ['\n', ' has no words.'],
    [
      'a 1 two',
      ', line 1: "two" is not a finite number; 1 of 1 rows cannot be read: the file is damaged, or its format is another one.',
    ],
    ['1 0\na\n', ', line 1: the header says 0 numbers a word; 1 to 100000 are possible.'],
    ['1 999999999\na 1\n', ', line 1: the header says 999999999 numbers a word; 1 to 100000 are possible.'],
    ['0 3\n', ' has no words.'],
  ])('refuses %j, and says where', (text, message) => {
    expect(() => parseWordVectors(text)).toThrow(new RangeError(`the word vectors${message}`));
  });

  it('refuses a line without an end', () => {
    expect(() => parseWordVectors(`a ${'1 '.repeat(9_000_000)}`)).toThrow(
      'the word vectors, byte 0: a word and its numbers take more than 16777216 bytes from there on; it is no word vector.',
    );
  });
});

describe('parseWordVectors of binary', () => {
  const float = (...numbers: number[]): number[] => [...new Uint8Array(Float32Array.from(numbers).buffer)];

  it('takes the line feeds after vectors that the C program writes', () => {
    const words = parseWordVectors(bytesOf('2 1\n', 'a ', float(1), '\n', 'b ', float(2), '\n'));
    expect([...words.values]).toEqual([1, 2]);
  });

  it.each([
    [bytesOf('one 1\n'), ', byte 0: there is no header "words numbers" that ends with its line.'],
    [bytesOf('1 99999999\n'), ', byte 0: the header says 99999999 numbers a word; 1 to 100000 are possible.'],
    [bytesOf('0 1\n'), ' has no words.'],
    [
      bytesOf('1 1\n', 'a'.repeat(70_000)),
      ', byte 4: there is no space within 65536 bytes; no word is that long.',
    ],
  ])('refuses bytes that lie, and says where (%#)', (given, message) => {
    expect(() => parseWordVectors(given, { format: 'word2vec-binary' })).toThrow(
      new RangeError(`the word vectors${message}`),
    );
  });
});

describe('parseWordVectors of JSON', () => {
  it('takes white space, escapes, keys that it does not know, and numbers beyond the dimensions', () => {
    const text = JSON.stringify(
      {
        size: 2,
        words: ['{"[', '\\"'],
        dimensions: 2,
        vectors: { 'a"b': [1, 2, 9], 'é\\': [3, 4, 9] },
        more: { deep: [{}] },
      },
      null,
      2,
    );
    const words = parseWordVectors(text);
    expect(words.vector('a"b')).toEqual(Float32Array.of(1, 2));
    expect(words.vector('é\\')).toEqual(Float32Array.of(3, 4));
    expect(parseWordVectors('{"dimensions":1,"vectors":{"\\u0061":[5]}}').vector('a')).toEqual(
      Float32Array.of(5),
    );
  });

  it.each([
    ['{"dimensions":1}', ' has no "vectors"; it is not the JSON of word vectors.'],
    ['{}', ', byte 1: there is "}" where a key is right.'],
    ['{"vectors":{"a":[1]}}', ', byte 11: "dimensions" must stand before "vectors".'],
    [
      '{"dimensions":0,"vectors":{}}',
      ', byte 26: "dimensions" is 0; whole numbers from 1 to 100000 are possible.',
    ],
    [
      '{"dimensions":1e9,"vectors":{}}',
      ', byte 28: "dimensions" is 1000000000; whole numbers from 1 to 100000 are possible.',
    ],
    ['{"dimensions":1,"vectors":{}}', ' has no words.'],
    ['{"dimensions":1,"vectors":{"a":[1]},"dimensions":2}', ', byte 49: "dimensions" is there twice.'],
    ['{"dimensions":"1","vectors":{"a":[1]}}', ', byte 14: "dimensions" must be a number.'],
    ['{"dimensions":0x1,"vectors":{"a":[1]}}', ', byte 14: "dimensions" must be a number.'],
    ['{"dimensions":1,"vectors":{"a"[1]}}', ', byte 30: a colon must follow a word.'],
    ['{"dimensions":1,"vectors":{"a":[1]', ', byte 34: the file ends in the middle of its JSON.'],
    ['{"dimensions":1,"vectors":{"a":[1]}} x', ', byte 37: there is more after the end of the JSON.'],
  ])('refuses %s, and says where', (text, message) => {
    expect(() => parseWordVectors(text)).toThrow(new RangeError(`the word vectors${message}`));
  });
});

it('refuses other kinds of files by their names', () => {
  const refused: readonly (readonly [Uint8Array | string, string])[] = [
    [Uint8Array.of(0x1f, 0x8b, 8, 0), 'the word vectors is gzipped; unpack it first, or open it as a file.'],
    ['PK\u0003\u0004', 'the word vectors is a zip archive; unpack it first (unzip).'],
    [
      Uint8Array.of(0xba, 0x16, 0x4f, 0x2f),
      'the word vectors is a fastText model; use the .vec file that belongs to it.',
    ],
  ];
  for (const [source, message] of refused)
    expect(() => parseWordVectors(source)).toThrow(new RangeError(message));
  expect(() => parseWordVectors('a 1', { format: 'csv' as never })).toThrow(
    'format must be glove, word2vec-text, word2vec-binary or json, and is "csv".',
  );
});

it('either reads any text or bytes at all, or refuses them', () => {
  const piece = fc.constantFrom(
    ...['a', 'b', '1', '-2.5', '1e400', 'NaN', ' ', '\n', '\r\n', 'é', '\0', '{"', '":[', ']', '}', ','],
  );
  const text = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(
      fc.oneof(text, fc.string(), fc.uint8Array()),
      fc.constantFrom(undefined, ...formats),
      (source, format) => {
        try {
          const words = parseWordVectors(source, { format });
          expect(words.size).toBeGreaterThan(0);
          expect(words.values.every((value) => Number.isFinite(value))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      },
    ),
    { seed: 10, numRuns: 3000 },
  );
});
