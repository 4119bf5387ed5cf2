import {
  decodeStrictly,
  type FormatReader,
  type FormatReaderOptions,
  isAscii,
  mostDimensions,
  quote,
  rowHandler,
} from './format-reader.js';
import { mostSpaces, readFloats, spacesInWord } from './read-floats.js';

const space = 32;
const lineFeed = 10;
const mostHeaderBytes = 64;
const mostWordBytes = 1 << 16;

/**
 * Reads word2vec's binary format: a line with the numbers of words and dimensions, then for each word its text, a space, and its numbers
 * as little-endian float32; a line feed may follow (the C program writes one, gensim does not). The header decides nothing about memory,
 * and rows are read until the file ends, however many it says.
 */
export function binaryReader(options: FormatReaderOptions): FormatReader {
  const { name, sink, odd, decoder, limit } = options;
  const rowsOf = rowHandler(options, 'byte');
  let rows = 0;
  let claimedRows = -1;
  let row = new Float32Array(0);
  let ended = false;

  const readHeader = (bytes: Uint8Array, last: boolean): number => {
    const feed = bytes.subarray(0, mostHeaderBytes).indexOf(lineFeed);
    if (feed < 0 && !last && bytes.length < mostHeaderBytes) return 0;
    const text = decodeStrictly(bytes.subarray(0, Math.max(feed, 0))) ?? '';
    const [, words, numbers] =
      /^\s*(\d+)\s+(\d+)\s*$/.exec(text) ??
      rowsOf.refuse(0, 'there is no header "words numbers" that ends with its line');
    claimedRows = Number(words);
    const dimensions = Number(numbers);
    if (!(dimensions >= 1 && dimensions <= mostDimensions)) {
      rowsOf.refuse(0, `the header says ${dimensions} numbers a word; 1 to ${mostDimensions} are possible`);
    }
    row = new Float32Array(dimensions);
    sink.begin(dimensions);
    return feed + 1;
  };

  const readRow = (bytes: Uint8Array, from: number, wordEnd: number, offset: number): void => {
    let word = bytes;
    let start = from;
    let stop = wordEnd;
    const place = offset + from;
    if (!isAscii(bytes, from, wordEnd)) {
      const utf8 = decoder.utf8(bytes.subarray(from, wordEnd));
      if (utf8 === undefined || utf8.length === 0) {
        rowsOf.skipText(place);
        return;
      }
      word = utf8;
      start = 0;
      stop = utf8.length;
    }
    if (!sink.wants(word, start, stop)) return;
    readFloats(bytes, wordEnd + 1, row);
    if (isWhollyFinite(row)) rowsOf.take(word, start, stop, row, place);
    else {
      const said = decodeStrictly(word.subarray(start, stop))!;
      rowsOf.skip('number', place, `a number of the word ${quote(said)} is not finite`, said);
    }
  };

  /** What is no whole row: the last one, which is cut, or anything else after the words. */
  const readRest = (bytes: Uint8Array, wordEnd: number, place: number, isEndless: boolean): void => {
    if (rows >= claimedRows) {
      if (!bytes.every((byte) => byte === lineFeed)) {
        odd.note(`after its ${claimedRows} words there are bytes that are no word, from byte ${place} on`);
      }
    } else if (isEndless) {
      rowsOf.refuse(place, `there is no space within ${mostWordBytes} bytes; no word is that long`);
    } else {
      rows += 1;
      const word = wordEnd < 0 ? undefined : decoder.text(bytes.subarray(0, wordEnd));
      rowsOf.skip('cut', place, `the file ends in word ${rows}`, word);
    }
  };

  return {
    read(bytes, offset, last) {
      let at = 0;
      if (claimedRows < 0) {
        at = readHeader(bytes, last);
        if (at === 0) return 0;
      }
      const size = 4 * row.length;
      while (rows < limit) {
        const start = bytes[at] === lineFeed ? at + 1 : at;
        if (start >= bytes.length) return last ? bytes.length : at;
        let end = start;
        const most = Math.min(bytes.length, start + mostWordBytes);
        while (end < most && bytes[end] !== space) end += 1;
        // A word of spaces moves its numbers: more bytes are needed to see by how much.
        if (end === start && !last && bytes.length < end + mostSpaces + size) return at;
        const isBlank = end === start;
        if (isBlank) end += spacesInWord(bytes, end, row.length);
        const isCut = end + 1 + size > bytes.length;
        const isEndless = end === start + mostWordBytes;
        if (isCut && !isEndless && !last) return at;
        if (isCut || isEndless) {
          ended = true;
          readRest(bytes.subarray(start), bytes[end] === space ? end - start : -1, offset + start, isEndless);
          return bytes.length;
        }
        rows += 1;
        if (isBlank) rowsOf.skip('blank', offset + start, 'there is no word before the space');
        else readRow(bytes, start, end, offset);
        at = end + 1 + size;
      }
      return at;
    },
    isDone: () => ended || rows >= limit,
    finish() {
      if (rows === 0) throw new RangeError(`${name} has no words.`);
      if (rows !== claimedRows && rows < limit) {
        odd.note(`the header says ${claimedRows} words, and there are ${rows}`);
      }
      odd.check(name, rows);
    },
  };
}

function isWhollyFinite(row: Float32Array): boolean {
  for (const value of row) if (!Number.isFinite(value)) return false;
  return true;
}
