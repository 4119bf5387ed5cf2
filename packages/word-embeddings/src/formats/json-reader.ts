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

const [quoteMark, backslash, comma, colon, open, close, openList, closeList] = [
  34, 92, 44, 58, 123, 125, 91, 93,
];

/**
 * Reads the JSON of winkNLP's embeddings: `{"size":2,"dimensions":3,"vectors":{"word":[1,2,3,...],...},...}`. A list may hold more
 * than `dimensions` numbers (wink appends the length and the row); they are checked to be numbers and left out.
 *
 * It is a scanner for this one shape and not a general parser, because it has to see 300 MB in a second or two, a piece at a time.
 */
export function jsonReader({ name, sink, duplicates }: FormatReaderOptions): FormatReader {
  const places = new RowPlaces();
  const encoder = new TextEncoder();
  let state: 'start' | 'key' | 'after-value' | 'skip' | 'number' | 'entry' | 'after-entry' | 'end' = 'start';
  let key = '';
  let rows = 0;
  let seenVectors = false;
  const numbers: { size?: number; dimensions?: number } = {};
  let dimensions = 0;
  /** A list's numbers, with those that are left out. */
  let list = new Float32Array(0);
  // Of the value that is being skipped.
  let depth = 0;
  let inText = false;
  let escaped = false;

  const refuse = (offset: number, problem: string): never => {
    throw new RangeError(`${name}, byte ${offset}: ${problem}.`);
  };

  const startVectors = (offset: number): void => {
    if (seenVectors) refuse(offset, '"vectors" is there twice');
    seenVectors = true;
    dimensions = numbers.dimensions ?? refuse(offset, '"dimensions" must stand before "vectors"');
    if (!(Number.isInteger(dimensions) && dimensions >= 1 && dimensions <= mostDimensions)) {
      refuse(offset, `"dimensions" is ${dimensions}; whole numbers from 1 to ${mostDimensions} are possible`);
    }
    sink.begin(dimensions);
  };

  const readEntry = (
    bytes: Uint8Array,
    at: number,
    textEnd: number,
    from: number,
    to: number,
    offset: number,
  ): void => {
    let word = bytes;
    let [start, end] = [at + 1, textEnd - 1];
    if (!isAscii(bytes, start, end) || bytes.subarray(start, end).includes(backslash)) {
      word = encoder.encode(parseText(bytes, at, textEnd, offset));
      [start, end] = [0, word.length];
    }
    const said = (): string => quote(decodeStrictly(word.subarray(start, end))!);
    if (start === end) refuse(offset + at, 'the word is empty');
    let fields = 1;
    for (let place = from; place < to; place += 1) if (bytes[place] === comma) fields += 1;
    if (list.length === 0) list = new Float32Array(fields);
    if (fields < dimensions || fields !== list.length) {
      const right = list.length === fields ? dimensions : list.length;
      refuse(offset + at, `the word ${said()} has ${fields} numbers, not ${right}`);
    }
    rows += 1;
    if (!sink.wants(word, start, end)) return;
    if (!readNumbers(bytes, from, to, comma, list)) readSpaced(bytes.subarray(from, to), said, offset + at);
    const before = sink.take(word, start, end, list.subarray(0, dimensions));
    if (before < 0) places.add(offset + at);
    else if (duplicates === 'error') {
      refuse(offset + at, `the word ${said()} is there twice, first at byte ${places.of(before)}`);
    }
  };

  /** A list with white space in it, or one that is wrong. */
  const readSpaced = (bytes: Uint8Array, said: () => string, offset: number): void => {
    const fields = (decodeStrictly(bytes) ?? '').split(',').map((field) => field.trim());
    const tight = encoder.encode(fields.join(','));
    if (!readNumbers(tight, 0, tight.length, comma, list)) {
      const wrong = fields.find(
        (field) => !/^-?[\d.]+(e[-+]?\d+)?$/i.test(field) || !Number.isFinite(Math.fround(Number(field))),
      );
      refuse(offset, `the word ${said()} has ${quote(wrong ?? '')}, which is not a finite number`);
    }
  };

  const parseText = (bytes: Uint8Array, at: number, end: number, offset: number): string => {
    const text = decodeStrictly(bytes.subarray(at, end)) ?? refuse(offset + at, 'a text is not valid UTF-8');
    try {
      return JSON.parse(text) as string;
    } catch {
      return refuse(offset + at, `${quote(text)} is no JSON text`);
    }
  };

  /** Reads on in a value that is not wanted; where it ends, or the end of `bytes`. */
  const skip = (bytes: Uint8Array, from: number): number => {
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at]!;
      if (inText) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quoteMark) inText = false;
      } else if (byte === quoteMark) inText = true;
      else if (byte === open || byte === openList) depth += 1;
      else if (depth === 0 && (byte === comma || byte === close)) {
        state = 'after-value';
        return at;
      } else if (byte === close || byte === closeList) depth -= 1;
    }
    return bytes.length;
  };

  /** One step from `at`; where the next begins, or -1 when more bytes are needed for it. */
  const step = (bytes: Uint8Array, at: number, offset: number): number => {
    const byte = bytes[at]!;
    const expect = (right: boolean, what: string): void => {
      if (!right) refuse(offset + at, `there is ${quote(String.fromCharCode(byte))} where ${what} is right`);
    };
    switch (state) {
      case 'start':
        expect(byte === open, '{');
        state = 'key';
        return at + 1;
      case 'key': {
        expect(byte === quoteMark, 'a key');
        const end = textEnd(bytes, at);
        const mark = end < 0 ? -1 : afterSpace(bytes, end);
        const value = mark < 0 ? -1 : afterSpace(bytes, mark + 1);
        if (value < 0) return -1;
        if (bytes[mark] !== colon) refuse(offset + mark, 'a colon must follow a key');
        key = parseText(bytes, at, end, offset);
        if (key === 'vectors') {
          if (bytes[value] !== open) refuse(offset + value, '"vectors" must be an object of lists');
          startVectors(offset + value);
          state = 'entry';
          return value + 1;
        }
        state = key === 'size' || key === 'dimensions' ? 'number' : 'skip';
        return value;
      }
      case 'number': {
        let end = at;
        while (end < bytes.length && bytes[end] !== comma && bytes[end] !== close) end += 1;
        if (end === bytes.length) return -1;
        const value = Number(decodeStrictly(bytes.subarray(at, end)) ?? '-');
        if (!Number.isFinite(value)) refuse(offset + at, `"${key}" must be a number`);
        numbers[key as 'size' | 'dimensions'] = value;
        state = 'after-value';
        return end;
      }
      case 'skip':
        return skip(bytes, at);
      case 'after-value':
        expect(byte === comma || byte === close, 'a comma or }');
        state = byte === comma ? 'key' : 'end';
        return at + 1;
      case 'entry': {
        if (byte === close && rows === 0) {
          state = 'after-value';
          return at + 1;
        }
        expect(byte === quoteMark, 'a word');
        const end = textEnd(bytes, at);
        const mark = end < 0 ? -1 : afterSpace(bytes, end);
        const from = mark < 0 ? -1 : afterSpace(bytes, mark + 1);
        const to = from < 0 ? -1 : bytes.indexOf(closeList, from);
        if (to < 0) return -1;
        if (bytes[mark] !== colon || bytes[from] !== openList)
          refuse(offset + end, 'a list must follow a word');
        readEntry(bytes, at, end, from + 1, to, offset);
        state = 'after-entry';
        return to + 1;
      }
      case 'after-entry':
        expect(byte === comma || byte === close, 'a comma or }');
        state = byte === comma ? 'entry' : 'after-value';
        return at + 1;
      case 'end':
        return refuse(offset + at, 'there is more after the end of the JSON');
    }
  };

  return {
    read(bytes, offset, last) {
      let at = 0;
      for (;;) {
        if (state !== 'skip') at = afterSpace(bytes, at);
        if (at < 0 || at >= bytes.length) break;
        const next = step(bytes, at, offset);
        if (next < 0) {
          if (last) refuse(offset + bytes.length, 'the file ends in the middle of its JSON');
          return at;
        }
        at = next;
      }
      if (last && state !== 'end') refuse(offset + bytes.length, 'the file ends in the middle of its JSON');
      return bytes.length;
    },
    finish() {
      if (!seenVectors) throw new RangeError(`${name} has no "vectors"; it is not the JSON of word vectors.`);
      if (rows === 0) throw new RangeError(`${name} has no words.`);
      if (numbers.size !== undefined && numbers.size !== rows) {
        throw new RangeError(
          `${name}: "size" says ${numbers.size} words, and there are ${rows}; the file is altered.`,
        );
      }
    },
  };
}

/** Behind the closing mark of the text that begins at `at`, or -1. */
function textEnd(bytes: Uint8Array, at: number): number {
  for (let place = at + 1; place < bytes.length; place += 1) {
    if (bytes[place] === backslash) place += 1;
    else if (bytes[place] === quoteMark) return place + 1;
  }
  return -1;
}

/** The first place from `at` on that is not white space, or -1. */
function afterSpace(bytes: Uint8Array, at: number): number {
  for (let place = at; place < bytes.length; place += 1) {
    const byte = bytes[place]!;
    if (byte !== 32 && (byte < 9 || byte > 13)) return place;
  }
  return -1;
}
