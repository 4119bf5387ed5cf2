import {
  type FormatReader,
  type FormatReaderOptions,
  isAscii,
  isNumber,
  mostDimensions,
  quote,
  rowHandler,
} from './format-reader.js';
import { readNumbers } from './read-numbers.js';
import { tellDimensions, voteBytes } from './tell-dimensions.js';
import { tightLine } from './tight-line.js';

const space = 32;
const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;

/**
 * Reads text: a line is a word, then its numbers, separated by spaces or tabs. With a header (word2vec, fastText) the first line says how
 * many words and numbers there are; without one (GloVe) most of the first lines decide how many numbers.
 *
 * A word may hold spaces (GloVe's 840B file has `. . .`), but then no part of it after the first is a number: such a line has too many.
 * Of lines whose words are not wanted, only the number of spaces and the word's text are checked. Empty lines are no rows.
 */
export function textReader(
  options: FormatReaderOptions,
  { header }: { readonly header: boolean },
): FormatReader {
  const { name, sink, odd, decoder, limit } = options;
  const rowsOf = rowHandler(options, 'line');
  let line = 0;
  let rows = 0;
  let claimedRows = -1;
  let row = new Float32Array(0);

  const start = (dimensions: number): void => {
    row = new Float32Array(dimensions);
    sink.begin(dimensions);
  };

  const readHeader = (text: string): void => {
    const [, words, numbers] =
      /^\s*(\d+)\s+(\d+)\s*$/.exec(text) ?? rowsOf.refuse(line, 'it is no header "words numbers"');
    claimedRows = Number(words);
    const dimensions = Number(numbers);
    if (!(dimensions >= 1 && dimensions <= mostDimensions)) {
      rowsOf.refuse(
        line,
        `the header says ${dimensions} numbers a word; 1 to ${mostDimensions} are possible`,
      );
    }
    start(dimensions);
  };

  const counted = (numbers: number): string =>
    `it has ${numbers} ${numbers === 1 ? 'number' : 'numbers'} after the word; ` +
    `${header ? 'the header says' : 'most lines have'} ${row.length}`;

  /** A line whose word holds spaces, or that is wrong; with single spaces. */
  const readUnusual = (bytes: Uint8Array): void => {
    // One character a byte, so that places are the same.
    const text = oneByte.decode(bytes);
    const lead = text.startsWith(' ') ? 1 : 0;
    const fields = text.slice(lead).split(' ');
    const first = fields.length - row.length;
    const wordTo = (count: number): Uint8Array =>
      bytes.subarray(lead, lead + fields.slice(0, count).join(' ').length);
    if (first === 0 && lead === 1 && isNumber(fields[0]!)) {
      rowsOf.skip('blank', line, 'there is no word before the numbers');
    } else if (first < 1) {
      rowsOf.skip('short', line, counted(fields.length - 1), decoder.text(wordTo(1)));
    } else if (fields.slice(1, first).some((field) => isNumberLike(field))) {
      rowsOf.skip('long', line, counted(fields.length - 1), decoder.text(wordTo(1)));
    } else {
      const word = wordTo(first);
      if (readRow(bytes, lead, lead + word.length, bytes.length)) return;
      const wrong = fields.slice(first).find((field) => !isNumber(field)) ?? '';
      rowsOf.skip('number', line, `${quote(wrong)} is not a finite number`, decoder.text(word));
    }
  };

  /** Reads the word `bytes[from, wordEnd)` and, after a space, its numbers; false where these are not as they should be. */
  const readRow = (bytes: Uint8Array, from: number, wordEnd: number, end: number): boolean => {
    let word = bytes;
    let start = from;
    let stop = wordEnd;
    if (!isAscii(bytes, from, wordEnd)) {
      const utf8 = decoder.utf8(bytes.subarray(from, wordEnd));
      if (utf8 === undefined || utf8.length === 0) {
        rowsOf.skipText(line);
        return true;
      }
      word = utf8;
      start = 0;
      stop = utf8.length;
    }
    if (!sink.wants(word, start, stop)) return true;
    if (!readNumbers(bytes, wordEnd + 1, end, space, row)) return false;
    rowsOf.take(word, start, stop, row, line);
    return true;
  };

  const readLine = (bytes: Uint8Array, from: number, feed: number): void => {
    line += 1;
    let end = feed;
    // word2vec and fastText end a line with a space, Windows with a carriage return.
    while (end > from && isBlank(bytes[end - 1]!)) end -= 1;
    if (end === from) return;
    if (header && claimedRows < 0) {
      readHeader(oneByte.decode(bytes.subarray(from, end)));
      return;
    }
    rows += 1;
    let wordEnd = from;
    while (wordEnd < end && bytes[wordEnd] !== space && bytes[wordEnd] !== tab) wordEnd += 1;
    if (isUsual(bytes, from, wordEnd, end) && readRow(bytes, from, wordEnd, end)) return;
    const tight = tightLine(bytes, from, end);
    const tightEnd = tight.indexOf(space);
    if (isUsual(tight, 0, tightEnd, tight.length) && readRow(tight, 0, tightEnd, tight.length)) return;
    readUnusual(tight);
  };

  /** Whether `bytes[from, end)` has as many spaces after the word as numbers are right. */
  const isUsual = (bytes: Uint8Array, from: number, wordEnd: number, end: number): boolean =>
    wordEnd > from && countSpaces(bytes, wordEnd, end) === row.length;

  return {
    read(bytes, _, last) {
      if (!header && row.length === 0) {
        if (!last && bytes.length < voteBytes) return 0;
        const dimensions = tellDimensions(bytes, last);
        if (dimensions > 0) start(dimensions);
        else if (dimensions === 0) rowsOf.refuse(1, 'it has a word but no numbers');
      }
      let from = 0;
      while (from < bytes.length && rows < limit) {
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
    isDone: () => rows >= limit,
    finish() {
      if (line === 0) throw new RangeError(`${name} is empty; word vectors need at least one line.`);
      if (rows === 0) throw new RangeError(`${name} has no words.`);
      if (header && rows !== claimedRows && rows < limit) {
        odd.note(`the header says ${claimedRows} words, and there are ${rows}`);
      }
      odd.check(name, rows);
    },
  };
}

const oneByte = new TextDecoder('latin1');

function isBlank(byte: number): boolean {
  return byte === space || byte === carriageReturn || byte === tab;
}

/** Spaces from `from` on; -1 when there is anything but ASCII, so that the line is looked at closely. */
function countSpaces(bytes: Uint8Array, from: number, end: number): number {
  let count = 0;
  let every = 0;
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at]!;
    every |= byte;
    if (byte === space) count += 1;
  }
  return every < 128 ? count : -1;
}

/** What is a number to people, also if no vector may hold it. */
function isNumberLike(field: string): boolean {
  return /^[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|nan|inf(?:inity)?)$/i.test(field);
}
