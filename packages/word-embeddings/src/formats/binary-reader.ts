import {
  decodeStrictly,
  type FormatReader,
  type FormatReaderOptions,
  isAscii,
  mostDimensions,
  quote,
  RowPlaces,
} from './format-reader.js';

const space = 32;
const lineFeed = 10;
const mostHeaderBytes = 64;
const mostWordBytes = 1 << 16;

/**
 * Reads word2vec's binary format: a line with the numbers of words and dimensions, then for each word its UTF-8, a space, and its numbers
 * as little-endian float32; a line feed may follow (the C program writes one, gensim does not). The header decides nothing about memory.
 */
export function binaryReader({ name, sink, duplicates }: FormatReaderOptions): FormatReader {
  const places = new RowPlaces();
  let rows = 0;
  let claimedRows = -1;
  let row = new Float32Array(0);

  const refuse = (offset: number, problem: string): never => {
    throw new RangeError(`${name}, byte ${offset}: ${problem}.`);
  };

  const readHeader = (bytes: Uint8Array, last: boolean): number => {
    const feed = bytes.subarray(0, mostHeaderBytes).indexOf(lineFeed);
    if (feed < 0 && !last && bytes.length < mostHeaderBytes) return 0;
    const text = decodeStrictly(bytes.subarray(0, Math.max(feed, 0))) ?? '';
    const [, words, numbers] =
      /^(\d+) (\d+)\s*$/.exec(text) ??
      refuse(0, 'there is no header "words numbers" that ends with its line');
    claimedRows = Number(words);
    const dimensions = Number(numbers);
    if (!(dimensions >= 1 && dimensions <= mostDimensions)) {
      refuse(0, `the header says ${dimensions} numbers a word; 1 to ${mostDimensions} are possible`);
    }
    row = new Float32Array(dimensions);
    sink.begin(dimensions);
    return feed + 1;
  };

  const take = (bytes: Uint8Array, from: number, to: number, offset: number): void => {
    readFloats(bytes, to + 1, row);
    const said = (): string => quote(decodeStrictly(bytes.subarray(from, to))!);
    for (let index = 0; index < row.length; index += 1) {
      if (!Number.isFinite(row[index])) {
        refuse(offset + to + 1 + 4 * index, `a number of the word ${said()} is not finite`);
      }
    }
    const before = sink.take(bytes, from, to, row);
    if (before < 0) places.add(offset + from);
    else if (duplicates === 'error') {
      refuse(offset + from, `the word ${said()} is there twice, first at byte ${places.of(before)}`);
    }
  };

  return {
    read(bytes, offset, last) {
      let at = 0;
      if (claimedRows < 0) {
        at = readHeader(bytes, last);
        if (at === 0) return 0;
      }
      const missing = (what: string): never =>
        refuse(
          offset + bytes.length,
          `the file ends in ${what} ${rows + 1} of the ${claimedRows} that the header says`,
        );
      while (rows < claimedRows) {
        const start = bytes[at] === lineFeed ? at + 1 : at;
        if (start >= bytes.length) {
          if (last) missing('front of word');
          return at;
        }
        let end = start;
        const limit = Math.min(bytes.length, start + mostWordBytes);
        while (end < limit && bytes[end] !== space) end += 1;
        if (end === start + mostWordBytes) {
          refuse(offset + start, `there is no space within ${mostWordBytes} bytes; no word is that long`);
        }
        if (end + 1 + 4 * row.length > bytes.length) {
          if (last) missing('word');
          return at;
        }
        if (end === start) refuse(offset + start, 'there is no word before the space');
        if (!isAscii(bytes, start, end) && decodeStrictly(bytes.subarray(start, end)) === undefined) {
          refuse(offset + start, 'the word is not valid UTF-8');
        }
        if (sink.wants(bytes, start, end)) take(bytes, start, end, offset);
        rows += 1;
        at = end + 1 + 4 * row.length;
      }
      const rest = bytes.subarray(at).findIndex((byte) => byte !== lineFeed);
      if (rest >= 0) {
        refuse(offset + at + rest, `the header says ${claimedRows} words, and there is more after them`);
      }
      return bytes.length;
    },
    finish() {
      if (claimedRows <= 0) throw new RangeError(`${name} has no words.`);
    },
  };
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function readFloats(bytes: Uint8Array, from: number, row: Float32Array): void {
  if (littleEndian) {
    new Uint8Array(row.buffer).set(bytes.subarray(from, from + row.byteLength));
    return;
  }
  const data = new DataView(bytes.buffer, bytes.byteOffset + from, row.byteLength);
  for (let index = 0; index < row.length; index += 1) row[index] = data.getFloat32(4 * index, true);
}
