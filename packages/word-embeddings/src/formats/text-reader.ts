import {
  decodeStrictly,
  type FormatReader,
  type FormatReaderOptions,
  isAscii,
  mostDimensions,
  quote,
  RowPlaces,
} from './format-reader.js';
import { readNumbers } from './read-numbers.js';

const space = 32;
const lineFeed = 10;
const carriageReturn = 13;

/**
 * Reads text: a line is a word, then its numbers, all separated by one space. With a header (word2vec, fastText) the first line says how many
 * words and numbers there are; without one (GloVe) the first word's line decides how many numbers.
 *
 * A word may hold spaces (GloVe's 840B file has `. . .`), but then no part of it after the first is a number: such a line is ragged.
 * Lines of words that are not wanted are checked for having enough fields and for being UTF-8.
 */
export function textReader(
  { name, sink, duplicates }: FormatReaderOptions,
  { header }: { readonly header: boolean },
): FormatReader {
  const places = new RowPlaces();
  const encoder = new TextEncoder();
  let line = 0;
  let rows = 0;
  let claimedRows = -1;
  let row = new Float32Array(0);

  const refuse = (problem: string): never => {
    throw new RangeError(`${name}, line ${line}: ${problem}.`);
  };

  const ragged = (numbers: number): never =>
    refuse(`it has ${numbers} ${numbers === 1 ? 'number' : 'numbers'} after the word; ${said()}`);
  const said = (): string => (header ? 'the header says' : 'line 1 has') + ` ${row.length}`;

  const start = (dimensions: number): void => {
    row = new Float32Array(dimensions);
    sink.begin(dimensions);
  };

  const readHeader = (text: string): void => {
    const [, words, numbers] = /^(\d+) (\d+) *$/.exec(text) ?? refuse('it is no header "words numbers"');
    claimedRows = Number(words);
    const dimensions = Number(numbers);
    if (!(dimensions >= 1 && dimensions <= mostDimensions)) {
      refuse(`the header says ${dimensions} numbers a word; 1 to ${mostDimensions} are possible`);
    }
    start(dimensions);
  };

  const take = (bytes: Uint8Array, from: number, to: number): void => {
    const before = sink.take(bytes, from, to, row);
    if (before < 0) places.add(line);
    else if (duplicates === 'error') {
      const word = quote(decodeStrictly(bytes.subarray(from, to))!);
      refuse(`the word ${word} is there twice, first in line ${places.of(before)}`);
    }
  };

  /** A line with a word that holds spaces, or one that is wrong. */
  const readUnusual = (text: string): void => {
    const fields = text.split(' ');
    const numbers = fields.length - 1;
    if (fields[0] === '') refuse('it has no word before its first space');
    if (numbers < row.length) ragged(numbers);
    const first = fields.length - row.length;
    if (fields.slice(1, first).some((field) => isNumber(field))) ragged(numbers);
    const word = encoder.encode(fields.slice(0, first).join(' '));
    if (!sink.wants(word, 0, word.length)) return;
    const written = fields.slice(first);
    const rest = encoder.encode(written.join(' '));
    if (!readNumbers(rest, 0, rest.length, space, row)) {
      const wrong = written.find((field) => !isNumber(field)) ?? '';
      refuse(`${quote(wrong)} is not a finite number`);
    }
    take(word, 0, word.length);
  };

  const readLine = (bytes: Uint8Array, from: number, feed: number): void => {
    line += 1;
    let end = feed;
    if (end > from && bytes[end - 1] === carriageReturn) end -= 1;
    // word2vec and fastText end a line with a space.
    while (end > from && bytes[end - 1] === space) end -= 1;
    if (line === 1 && header) {
      readHeader(textOf(bytes, from, end));
      return;
    }
    if (row.length === 0) {
      const fields = textOf(bytes, from, end).split(' ').length;
      if (fields < 2) refuse('it has a word but no numbers');
      start(fields - 1);
    }
    rows += 1;
    let wordEnd = from;
    while (wordEnd < end && bytes[wordEnd] !== space) wordEnd += 1;
    if (wordEnd === from || wordEnd === end || !isAscii(bytes, from, wordEnd)) {
      readUsualOrNot(bytes, from, wordEnd, end, textOf(bytes, from, end));
    } else readUsualOrNot(bytes, from, wordEnd, end);
  };

  const readUsualOrNot = (
    bytes: Uint8Array,
    from: number,
    wordEnd: number,
    end: number,
    text?: string,
  ): void => {
    const spaces = countSpaces(bytes, wordEnd, end);
    if (wordEnd === from || spaces !== row.length) {
      readUnusual(text ?? textOf(bytes, from, end));
    } else if (sink.wants(bytes, from, wordEnd)) {
      if (readNumbers(bytes, wordEnd + 1, end, space, row)) take(bytes, from, wordEnd);
      else readUnusual(text ?? textOf(bytes, from, end));
    }
  };

  const textOf = (bytes: Uint8Array, from: number, end: number): string =>
    decodeStrictly(bytes.subarray(from, end)) ?? refuse('it is not valid UTF-8');

  /** Spaces from `from` on; -1 when there is anything but ASCII, so that the line is looked at closely. */
  const countSpaces = (bytes: Uint8Array, from: number, end: number): number => {
    let count = 0;
    let every = 0;
    for (let at = from; at < end; at += 1) {
      const byte = bytes[at]!;
      every |= byte;
      if (byte === space) count += 1;
    }
    return every < 128 ? count : -1;
  };

  return {
    read(bytes, _, last) {
      let from = 0;
      while (from < bytes.length) {
        let feed = bytes.indexOf(lineFeed, from);
        if (feed < 0) {
          if (!last) break;
          feed = bytes.length;
        }
        readLine(bytes, from, feed);
        from = Math.min(feed + 1, bytes.length);
      }
      return from;
    },
    finish() {
      if (line === 0) throw new RangeError(`${name} is empty; word vectors need at least one line.`);
      if (header && rows !== claimedRows) {
        throw new RangeError(
          `${name}: the header says ${claimedRows} words, and there are ${rows}; the file is truncated or altered.`,
        );
      }
      if (rows === 0) throw new RangeError(`${name} has no words.`);
    },
  };
}

/** A decimal number that float32 can hold; not all else that JavaScript would take for a number, such as '' or '0x1'. */
function isNumber(field: string): boolean {
  return (
    /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(field) && Number.isFinite(Math.fround(Number(field)))
  );
}
