import type { OddKind, OddRows } from '../odd-rows.js';
import type { RowSink } from '../row-sink.js';
import type { UnicodeErrors, WordDecoder } from './word-decoder.js';

/** Reads one format from bytes that come in pieces. */
export interface FormatReader {
  /**
   * Reads what is whole in `bytes` and returns how many bytes that is; the rest comes again at the beginning of the next piece.
   *
   * @param offset - Where in the source `bytes` begin.
   * @param last - Whether the source ends with them.
   */
  read(bytes: Uint8Array, offset: number, last: boolean): number;
  /** After the last piece: checks that nothing lacks. */
  finish(): void;
  /** Whether all rows were read that are wanted, so that no further piece is needed. */
  isDone(): boolean;
}

/** How a format's reader is made. */
export interface FormatReaderOptions {
  /** What errors call the source. */
  readonly name: string;
  readonly sink: RowSink;
  readonly odd: OddRows;
  readonly decoder: WordDecoder;
  readonly unicodeErrors: UnicodeErrors;
  /** What to do with a word that was there before; when absent, as `keep-first`, but it has a problem then. */
  readonly duplicates: 'error' | 'keep-first' | undefined;
  /** The most rows to read. */
  readonly limit: number;
}

/** The most numbers that a header may claim for a word. */
export const mostDimensions = 100_000;

/** What a reader does with each row once it knows what the row is. */
export interface RowHandler {
  /** A wanted row. */
  take(bytes: Uint8Array, start: number, end: number, vector: Float32Array, place: number): void;
  /** A row that is not as it should be. */
  readonly skip: (kind: OddKind, place: number, problem: string, word?: string) => void;
  /** A row whose word is not valid text. */
  skipText(place: number, problem?: string): void;
  readonly refuse: (place: number, problem: string) => never;
}

/** The handler of a reader that counts lines or bytes. */
export function rowHandler(
  { name, sink, odd, decoder, unicodeErrors, duplicates }: FormatReaderOptions,
  unit: 'line' | 'byte',
): RowHandler {
  const places = new RowPlaces();
  const refuse = (place: number, problem: string): never => {
    throw new RangeError(`${name}, ${unit} ${place}: ${problem}.`);
  };
  const skip = (kind: OddKind, place: number, problem: string, word?: string): void => {
    odd.add(kind, `${unit} ${place}`, problem, word);
  };
  return {
    refuse,
    skip,
    skipText(place, problem = `the word is not valid ${decoder.encoding}`) {
      if (unicodeErrors === 'strict') {
        refuse(place, `${problem}; to read the file all the same, give another encoding, or unicodeErrors`);
      }
      skip('unicode', place, problem);
    },
    take(bytes, start, end, vector, place) {
      const before = sink.take(bytes, start, end, vector);
      if (before < 0) {
        places.add(place);
        return;
      }
      const word = loose.decode(bytes.subarray(start, end));
      const first = `first ${unit === 'line' ? 'in line' : 'at byte'} ${places.of(before)}`;
      const problem = `the word ${quote(word)} is there twice, ${first}`;
      if (duplicates === 'error') refuse(place, `${problem}; remove one, or give duplicates "keep-first"`);
      // The same vector twice leaves no doubt.
      const doubtful = duplicates === undefined && !sink.holds(before, vector);
      skip('duplicate', place, problem, doubtful ? word : undefined);
    },
  };
}

/** Remembers where each kept row was, for the message about a word that comes twice. */
class RowPlaces {
  #places = new Float64Array(1024);
  #size = 0;

  add(place: number): void {
    if (this.#size === this.#places.length) {
      const larger = new Float64Array(2 * this.#size);
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places[this.#size] = place;
    this.#size += 1;
  }

  of(row: number): number {
    return this.#places[row]!;
  }
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const loose = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of bytes, or nothing when they are not UTF-8. */
export function decodeStrictly(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether all bytes are ASCII. */
export function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  let every = 0;
  for (let at = start; at < end; at += 1) every |= bytes[at]!;
  return every < 128;
}

/** A text for an error message, not too long and on one line. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

/** A decimal number that float32 can hold; not all else that JavaScript would take for a number, such as '' or '0x1'. */
export function isNumber(field: string): boolean {
  return (
    /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(field) && Number.isFinite(Math.fround(Number(field)))
  );
}
