import {
  decodeStrictly,
  type FormatReader,
  type FormatReaderOptions,
  isAscii,
  isNumber,
  mostDimensions,
  quote,
  rowHandler,
} from './format-reader.js';
import {
  afterSpace,
  backslash,
  close,
  closeList,
  colon,
  comma,
  countValues,
  open,
  openList,
  quoteMark,
  textEnd,
  ValueSkipper,
} from './json-scan.js';
import { readNumbers } from './read-numbers.js';

/**
 * Reads the JSON of winkNLP's embeddings: `{"size":2,"dimensions":3,"vectors":{"word":[1,2,3,...],...},...}`. Lists may hold more
 * than `dimensions` numbers if the first one does (wink appends the length and the row); they are checked to be numbers and left out.
 *
 * It is a scanner for this one shape and not a general parser, because it has to see 300 MB in a second or two, a piece at a time.
 */
export function jsonReader(options: FormatReaderOptions): FormatReader {
  const { name, sink, odd, decoder, unicodeErrors, limit } = options;
  const rowsOf = rowHandler(options, 'byte');
  const { refuse } = rowsOf;
  const encoder = new TextEncoder();
  let state: 'start' | 'key' | 'after-value' | 'skip' | 'number' | 'entry' | 'after-entry' | 'end' = 'start';
  let key = '';
  let rows = 0;
  let seenVectors = false;
  const numbers = new Map<string, number>();
  let dimensions = 0;
  /** A list's numbers, with those that are left out. */
  let list = new Float32Array(0);
  let skipper = new ValueSkipper();
  /** What follows the value that is being skipped. */
  let afterSkip: 'after-value' | 'after-entry' = 'after-value';

  const startSkip = (follows: typeof afterSkip): void => {
    skipper = new ValueSkipper();
    afterSkip = follows;
    state = 'skip';
  };

  const startVectors = (offset: number): void => {
    if (seenVectors) refuse(offset, '"vectors" is there twice');
    seenVectors = true;
    dimensions = numbers.get('dimensions') ?? refuse(offset, '"dimensions" must stand before "vectors"');
    if (!(Number.isInteger(dimensions) && dimensions >= 1 && dimensions <= mostDimensions)) {
      refuse(offset, `"dimensions" is ${dimensions}; whole numbers from 1 to ${mostDimensions} are possible`);
    }
    sink.begin(dimensions);
  };

  /** The word in quotation marks `bytes[at, end)` and its list `bytes[from, to)` of so many values, -1 when it is no list of plain ones. */
  const readEntry = (
    bytes: Uint8Array,
    [at, wordEnd]: readonly [number, number],
    [from, to]: readonly [number, number],
    fields: number,
    place: number,
  ): void => {
    rows += 1;
    let word = bytes;
    let [start, end] = [at + 1, wordEnd - 1];
    if (!isAscii(bytes, start, end) || bytes.subarray(start, end).includes(backslash)) {
      const text = parseWord(bytes.subarray(at, wordEnd));
      if (text === undefined) {
        rowsOf.skipText(place, 'the word is not valid UTF-8, or no JSON text');
        return;
      }
      word = encoder.encode(text);
      [start, end] = [0, word.length];
    }
    const skip = (kind: 'list' | 'short' | 'long' | 'number', problem: string): void => {
      const said = decodeStrictly(word.subarray(start, end))!;
      rowsOf.skip(kind, place, `the word ${quote(said)} has ${problem}`, said);
    };
    if (start === end) {
      rowsOf.skip('blank', place, 'the word is empty');
    } else if (fields < 0) skip('list', 'no list of numbers');
    else if (fields < dimensions) skip('short', `${fields} numbers, not ${dimensions}`);
    else if (fields > dimensions && fields !== (list.length || fields)) {
      skip('long', `${fields} numbers, not ${list.length}`);
    } else if (fields > mostDimensions) skip('long', `${fields} numbers; ${mostDimensions} are possible`);
    else {
      if (list.length === 0) list = new Float32Array(fields);
      if (!sink.wants(word, start, end)) return;
      const row = list.length === fields ? list : list.subarray(0, fields);
      if (readNumbers(bytes, from, to, comma, row) || readSpaced(bytes.subarray(from, to), row)) {
        rowsOf.take(word, start, end, row.subarray(0, dimensions), place);
      } else {
        const written = (decodeStrictly(bytes.subarray(from, to)) ?? '\ufffd').split(',');
        const wrong = written.map((field) => field.trim()).find((field) => !isNumber(field)) ?? '';
        skip('number', `${quote(wrong)}, which is not a finite number`);
      }
    }
  };

  /** A list with white space in it. */
  const readSpaced = (bytes: Uint8Array, row: Float32Array): boolean => {
    const fields = (decodeStrictly(bytes) ?? '').split(',').map((field) => field.trim());
    const tight = encoder.encode(fields.join(','));
    return readNumbers(tight, 0, tight.length, comma, row);
  };

  const parseWord = (bytes: Uint8Array): string | undefined => {
    try {
      const word = JSON.parse(decoder.text(bytes) ?? '') as string;
      // Half of a letter, written as an escape.
      if (!/\p{Surrogate}/u.test(word) || unicodeErrors === 'replace') return word;
      return unicodeErrors === 'ignore' ? word.replaceAll(/\p{Surrogate}/gu, '') : undefined;
    } catch {
      return undefined;
    }
  };

  const parseKey = (bytes: Uint8Array, offset: number): string => {
    const text = decodeStrictly(bytes) ?? refuse(offset, 'a text is not valid UTF-8');
    try {
      return JSON.parse(text) as string;
    } catch {
      return refuse(offset, `${quote(text)} is no JSON text`);
    }
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
        key = parseKey(bytes.subarray(at, end), offset + at);
        if (key === 'vectors') {
          if (bytes[value] !== open) refuse(offset + value, '"vectors" must be an object of lists');
          startVectors(offset + value);
          state = 'entry';
          return value + 1;
        }
        if (key === 'size' || key === 'dimensions') state = 'number';
        else startSkip('after-value');
        return value;
      }
      case 'number': {
        let end = at;
        while (end < bytes.length && bytes[end] !== comma && bytes[end] !== close) end += 1;
        if (end === bytes.length) return -1;
        const text = (decodeStrictly(bytes.subarray(at, end)) ?? '').trim();
        if (!isNumber(text)) refuse(offset + at, `"${key}" must be a number`);
        if (numbers.has(key)) refuse(offset + at, `"${key}" is there twice`);
        numbers.set(key, Number(text));
        state = 'after-value';
        return end;
      }
      case 'skip': {
        const end = skipper.skip(bytes, at);
        if (end >= 0) state = afterSkip;
        return end < 0 ? bytes.length : end;
      }
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
        if (from < 0) return -1;
        if (bytes[mark] !== colon) refuse(offset + mark, 'a colon must follow a word');
        const to = bytes[from] === openList ? bytes.indexOf(closeList, from) : from;
        if (to < 0) return -1;
        const fields = to === from ? -1 : countValues(bytes, from + 1, to);
        readEntry(bytes, [at, end], [from + 1, to], fields, offset + at);
        state = 'after-entry';
        if (fields >= 0) return to + 1;
        startSkip('after-entry');
        return from;
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
      while (rows < limit) {
        if (state !== 'skip') at = afterSpace(bytes, at);
        if (at < 0 || at >= bytes.length) break;
        const next = step(bytes, at, offset);
        if (next < 0) {
          if (last) refuse(offset + bytes.length, 'the file ends in the middle of its JSON');
          return at;
        }
        at = next;
      }
      if (last && state !== 'end' && rows < limit) {
        refuse(offset + bytes.length, 'the file ends in the middle of its JSON');
      }
      return bytes.length;
    },
    isDone: () => rows >= limit,
    finish() {
      if (!seenVectors) throw new RangeError(`${name} has no "vectors"; it is not the JSON of word vectors.`);
      if (rows === 0) throw new RangeError(`${name} has no words.`);
      const size = numbers.get('size') ?? rows;
      if (size !== rows && rows < limit) odd.note(`"size" says ${size} words, and there are ${rows}`);
      odd.check(name, rows);
    },
  };
}
