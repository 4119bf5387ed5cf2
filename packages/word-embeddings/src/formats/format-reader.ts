import type { RowSink } from '../row-sink.js';

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
}

/** How a format's reader is made. */
export interface FormatReaderOptions {
  /** What errors call the source. */
  readonly name: string;
  readonly sink: RowSink;
  /** What to do with a word that was there before. */
  readonly duplicates: 'error' | 'keep-first';
}

/** The most numbers that a header may claim for a word. */
export const mostDimensions = 100_000;

/** Remembers where each kept row was, for the message about a word that comes twice. */
export class RowPlaces {
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
