import { bytesOf } from '@hyperspherical/testing';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { written } from '../test/written.js';
import type { WordVectorsFormat } from './formats/detect-format.js';
import { OddRows } from './odd-rows.js';
import { parseWordVectors, type ParseWordVectorsOptions } from './parse-word-vectors.js';

const good = 'cat 1 2\ndog 3 4\nbird 5 6\n';
const float = (...numbers: number[]): number[] => [...new Uint8Array(Float32Array.from(numbers).buffer)];
const goodBinary = ['cat ', float(1, 2), 'dog ', float(3, 4), 'bird ', float(5, 6)] as const;
const goodJson = '"cat":[1,2],"dog":[3,4],"bird":[5,6]';

function read(source: string | Uint8Array, options: ParseWordVectorsOptions = {}) {
  const onWarning = vi.fn();
  const words = parseWordVectors(source, { ...options, name: 'it', onWarning });
  return { words, warnings: onWarning.mock.calls.flat() as string[] };
}

function expectAnimals(source: string | Uint8Array, warning: string | undefined, others = 0): void {
  for (const options of [{}, { words: ['cat', 'dog', 'bird'] }]) {
    const { words, warnings } = read(source, options);
    expect([...words.vector('cat')!, ...words.vector('dog')!, ...words.vector('bird')!]).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
    if (options.words) expect(words.size).toBe(3);
    else {
      expect(words.size).toBe(3 + others);
      expect(warnings).toEqual(warning === undefined ? [] : [`it: ${warning}.`]);
    }
  }
}

describe('a row of text that nobody asked for', () => {
  it.each([
    [
      'a word cut inside a letter',
      bytesOf(good, [0xd0, 0x96, 0xd0], ' 7 8\n'),
      'skipped 1 row: 1 whose word is not valid text (line 4)',
    ],
    [
      'the first word cut inside a letter',
      bytesOf([0xd0], ' 7 8\n', good),
      'skipped 1 row: 1 whose word is not valid text (line 1)',
    ],
    ['a word that is a space', `${good}  7 8\n`, 'skipped 1 row: 1 without a word (line 4)'],
    ['an empty word', ` 7 8\n${good}`, 'skipped 1 row: 1 without a word (line 1)'],
    ['a word that is a tab', `${good}\t\t7\t8\n`, 'skipped 1 row: 1 without a word (line 4)'],
    ['NaN', `${good}zzz nan 8\n`, 'skipped 1 row: 1 with something that is not a finite number (line 4)'],
    [
      'numbers that float32 cannot hold',
      `${good}x 1e39 1\ny 0x10 1\nz -Infinity 1\n`,
      'skipped 3 rows: 3 with something that is not a finite number (the first: line 4)',
    ],
    ['too few numbers', `zzz 7\n${good}`, 'skipped 1 row: 1 with too few numbers (line 1)'],
    ['no numbers', `zzz\n${good}`, 'skipped 1 row: 1 with too few numbers (line 1)'],
    ['too many numbers', `zzz 7 8 9\n${good}`, 'skipped 1 row: 1 with too many numbers (line 1)'],
    ['a last row that is cut', `${good}zzz 7`, 'skipped 1 row: 1 with too few numbers (line 4)'],
    ['empty lines', `\n${good}\n\n  \n`, undefined],
    [
      'several kinds',
      `${good}\n 1 2\nx 1\ny 1\n`,
      'skipped 3 rows: 1 without a word (line 5), 2 with too few numbers (the first: line 6)',
    ],
  ])('%s does not spoil a file, with a header and without', (_, source, warning) => {
    expectAnimals(source, warning);
    const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
    const rows = new TextDecoder()
      .decode(bytes)
      .split('\n')
      .filter((line) => line.trim() !== '').length;
    const place = (text: string): string =>
      text.replaceAll(/line (\d+)/g, (_all, line: string) => `line ${Number(line) + 1}`);
    const [begin, end] = [`${rows} 2\n`, warning && place(warning)];
    expectAnimals(bytesOf(begin, [...bytes]), end);
    expectAnimals(bytesOf(`\ufeff${begin}`.replace('\n', '\r\n'), [...bytes]), end);
  });

  it.each([
    ['several spaces', 'cat  1   2\ndog 3  4\nbird   5 6\n'],
    ['tabs', 'cat\t1\t2\ndog\t3\t4\nbird\t5 6\n'],
    ['spaces and tabs at the ends', ' cat 1 2 \t\n\tdog 3 4\t\nbird 5 6  '],
    ['line feeds of Windows', 'cat 1 2\r\ndog 3 4 \r\nbird 5 6\r\n\r\n'],
  ])('%s are read, with a header and without', (_, text) => {
    expectAnimals(text, undefined);
    expectAnimals(`3\t2 \r\n${text}`, undefined);
  });

  it.each([2, 4, 400])('is no reason to refuse a header of %d words where there are 3', (words) => {
    expectAnimals(`${words} 2\n${good}`, `the header says ${words} words, and there are 3`);
    expectAnimals(bytesOf(`${words} 2\n`, ...goodBinary), `the header says ${words} words, and there are 3`);
    expectAnimals(
      `{"size":${words},"dimensions":2,"vectors":{${goodJson}}}`,
      `"size" says ${words} words, and there are 3`,
    );
  });

  it('may be a header, where the format says that there is none', () => {
    const { words, warnings } = read(`3 2\n${good}`, { format: 'glove' });
    expect([words.size, words.dimensions]).toEqual([3, 2]);
    expect(warnings).toEqual(['it: skipped 1 row: 1 with too few numbers (line 1).']);
  });
});

describe('a row of binary that nobody asked for', () => {
  it.each([
    [
      'a word cut inside a letter',
      [[0xd0], ' ', float(7, 8)],
      'skipped 1 row: 1 whose word is not valid text (byte 4)',
    ],
    ['an empty word', [' ', float(7, 8)], 'skipped 1 row: 1 without a word (byte 4)'],
    ['a word that is a space', ['  ', float(7, 8)], 'skipped 1 row: 1 without a word (byte 4)'],
    [
      'NaN',
      ['zzz ', float(Number.NaN, 8)],
      'skipped 1 row: 1 with something that is not a finite number (byte 4)',
    ],
  ] as const)('%s does not spoil a file', (_, row, warning) => {
    expectAnimals(bytesOf('4 2\n', ...row, ...goodBinary), warning);
  });

  it('may be cut by the end of the file, or come after the words', () => {
    expectAnimals(
      bytesOf('4 2\n', ...goodBinary, 'zzz ', float(7)),
      'skipped 1 row: 1 cut off by the end of the file (byte 41)',
    );
    expectAnimals(
      bytesOf('3 2\n', ...goodBinary, 'junk'),
      'after its 3 words there are bytes that are no word, from byte 41 on',
    );
    expectAnimals(bytesOf('3 2\n', ...goodBinary, '\n\n\n'), undefined);
  });
});

describe('a row of JSON that nobody asked for', () => {
  it.each([
    ['an empty word', '"":[7,8]', '1 without a word'],
    ['half of a letter', '"\\ud83d":[7,8]', '1 whose word is not valid text'],
    ['a word that is no JSON', '"\\x":[7,8]', '1 whose word is not valid text'],
    ['NaN', '"zzz":[NaN,8]', '1 with something that is not a finite number'],
    ['null', '"zzz":[null,8]', '1 with something that is not a finite number'],
    ['texts', '"zzz":["7","]"]', '1 without a list of numbers'],
    ['lists', '"zzz":[[[7]],{"a":[8]}]', '1 without a list of numbers'],
    ['a number', '"zzz":7', '1 without a list of numbers'],
    ['no number', '"zzz":[]', '1 with too few numbers'],
    ['too few numbers', '"zzz":[7]', '1 with too few numbers'],
    ['too many numbers', '"zzz":[7,8,9]', '1 with too many numbers'],
  ])('%s does not spoil a file', (_, row, kind) => {
    const place = `byte ${30 + goodJson.length}`;
    const source = (rows: string): string => `{"dimensions":2,"vectors":{  ${rows}}}`;
    expectAnimals(source(`${goodJson},${row}`), `skipped 1 row: ${kind} (${place})`);
  });

  it('may be 100,000 levels deep', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expectAnimals(
      `{"more":${deep},"dimensions":2,"vectors":{${goodJson},"x":${deep}}}`,
      'skipped 1 row: 1 without a list of numbers (byte 200072)',
    );
  });
});

describe('a row that was asked for and cannot be read', () => {
  it.each<readonly [string | Uint8Array, string]>([
    [
      `${good}zzz nan 8\n`,
      'line 4: "nan" is not a finite number; correct this row, or use vectors without this error',
    ],
    [
      `${good}zzz 8\n`,
      'line 4: it has 1 number after the word; most lines have 2; correct this row, or use vectors without this error',
    ],
    [
      `${good}zzz 1 2 3\n`,
      'line 4: it has 3 numbers after the word; most lines have 2; correct this row, or use vectors without this error',
    ],
    [
      `4 2\n${good}zzz\t8`,
      'line 5: it has 1 number after the word; the header says 2; correct this row, or use vectors without this error',
    ],
    [
      `${good}zzz 1 2\nzzz 3 4\n`,
      'line 5: the word "zzz" is there twice, first in line 4; remove one of them, or choose duplicates "keep-first"',
    ],
    [
      bytesOf('4 2\n', ...goodBinary, 'zzz ', float(7)),
      'byte 41: the file ends in word 4; correct this row, or use vectors without this error',
    ],
    [
      `{"dimensions":2,"vectors":{${goodJson},"zzz":[1]}}`,
      'byte 64: the word "zzz" has 1 numbers, not 2; correct this row, or use vectors without this error',
    ],
  ])('is refused with its place and what to do (%#)', (source, problem) => {
    expect(() => read(source, { words: ['cat', 'zzz'] })).toThrow(
      new RangeError(`it has no vector to use for "zzz": ${problem}.`),
    );
    const { words } = read(source, { words: ['cat', 'zzz'], badRows: 'error-when-used' });
    expect(words.problem!('zzz')).toBe(problem);
    expect(words.problem!('cat')).toBeUndefined();
    expect(words.has('cat')).toBe(true);
  });

  it('is not missed where another row of the word can be read', () => {
    for (const source of [`zzz nan 1\n${good}zzz 7 8\n`, `zzz 7 8\n${good}zzz nan 1\n`]) {
      expect([...read(source, { words: ['zzz'] }).words.vector('zzz')!]).toEqual([7, 8]);
    }
  });
});

describe('unicodeErrors and encoding', () => {
  const cut = bytesOf('2 1\n', [0x61, 0xd0], ' 7\n', 'b 8\n');

  it('choose what becomes of words that are not valid text, as in gensim', () => {
    expect([...read(cut).words.vocabulary]).toEqual(['b']);
    expect([...read(cut, { unicodeErrors: 'ignore' }).words.vocabulary]).toEqual(['a', 'b']);
    expect([...read(cut, { unicodeErrors: 'replace' }).words.vocabulary]).toEqual(['a\ufffd', 'b']);
    expect(() => read(cut, { unicodeErrors: 'strict' })).toThrow(
      /^it, line 2: the word is not valid UTF-8; /,
    );
    expect(() => read(cut, { unicodeErrors: 'no' as never })).toThrow('unicodeErrors must be skip, strict, ');
  });

  it('read words in other encodings', () => {
    expect(read(bytesOf([0x63, 0xe9], ' 1\n'), { encoding: 'latin1' }).words.word(0)).toBe('cé');
    expect(read(bytesOf('1 1\n', [0xc4, 0xe3], ' ', float(1)), { encoding: 'gbk' }).words.word(0)).toBe('你');
    for (const encoding of ['utf-16', 'none']) {
      expect(() => read('a 1', { encoding })).toThrow(`and is "${encoding}".`);
    }
  });

  it.each([0, -1, 1.5, Number.NaN, '3' as never])('refuses a limit of %s', (limit) => {
    expect(() => read('a 1', { limit })).toThrow('limit must be a whole number of rows from 1 on');
  });
});

it('refuses a file most of whose many rows cannot be read', () => {
  const rows = Array.from({ length: 200 }, (_, index) => `w${index} ${index < 80 ? '1 2' : '1'}\n`);
  expect(() => read(`200 2\n${rows.join('')}`)).toThrow(
    'it, line 82: it has 1 number after the word; the header says 2; 120 of 200 rows cannot be read: ',
  );
});

it('keeps every good row of any file with odd rows in it, whatever the format', () => {
  const animals = [
    ['cat', [1, 2]],
    ['dog', [3, 4]],
    ['bird', [5, 6]],
  ] as const;
  const oddLine = fc.constantFrom(
    ' 7 8',
    '  7 8',
    'x 1',
    'x',
    'x nan 1',
    'x 1e39 1',
    'x 1 2 3',
    '',
    '\t',
    'é\u0301 1 0x1',
    '. . 1 inf',
  );
  const oddEntry = fc.constantFrom(
    '"":[1,2]',
    '"x":1',
    '"x":[1]',
    '"x":{"a":[]}',
    '"\\ud800":[1,2]',
    '"x":[NaN,1]',
    '"x":"]}"',
  );
  const format = fc.constantFrom<WordVectorsFormat>('glove', 'word2vec-text', 'json');
  fc.assert(
    fc.property(
      format,
      fc.array(fc.tuple(fc.nat(3), oddLine, oddEntry), { maxLength: 5 }),
      fc.nat(9),
      (kind, odd, claimed) => {
        const text = new TextDecoder().decode(written(kind, animals));
        const pieces = kind === 'json' ? goodJson.split(/,(?=")/) : good.trim().split('\n');
        // Without a header, odd rows may outvote the others.
        for (const [at, line, entry] of kind === 'glove' ? odd.slice(0, 2) : odd)
          pieces.splice(at, 0, kind === 'json' ? entry : line);
        const header = kind === 'word2vec-text' ? `${claimed} 2\n` : '';
        const source =
          kind === 'json'
            ? text.replace(/"vectors":.*/, `"vectors":{${pieces.join(',')}}}`)
            : header + pieces.join('\n');
        const onWarning = vi.fn();
        const words = parseWordVectors(source, { format: kind, words: ['cat', 'dog', 'bird'], onWarning });
        expect([...words.values]).toEqual([1, 2, 3, 4, 5, 6]);
        expect(onWarning.mock.calls.length).toBeLessThanOrEqual(1);
      },
    ),
    { seed: 21, numRuns: 1500 },
  );
});

it('does not believe a record that is none', () => {
  const odd = new OddRows();
  odd.add('number', 'line 1', 'it is wrong', 'x');
  odd.note('a note');
  const record = JSON.parse(JSON.stringify(odd.record())) as unknown;
  expect(OddRows.of(record)!.warning('it')).toBe(odd.warning('it'));
  expect(OddRows.of(record)!.problem('x', false)).toBe(odd.problem('x', false));
  const { kinds, notes, problems } = odd.record();
  for (const wrong of [
    null,
    3,
    {},
    { kinds, notes },
    { kinds: [['number', -1, '']], notes, problems },
    { kinds: [['toString', 1, '']], notes, problems },
    { kinds: [null], notes, problems },
    { kinds, notes: [1], problems },
    { kinds, notes, problems: [['x', 1, true]] },
    { kinds, notes, problems: [[]] },
  ]) {
    expect(OddRows.of(wrong), JSON.stringify(wrong)).toBeUndefined();
  }
});
