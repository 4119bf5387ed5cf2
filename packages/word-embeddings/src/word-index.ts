import { unicodeForms } from './unicode-forms.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What a `WordIndex` is made of, for files. */
export interface WordIndexParts {
  /** All words in UTF-8, one after the other. */
  readonly bytes: Uint8Array;
  /** Where each word begins in `bytes`, and where the last one ends: `[words + 1]`. */
  readonly offsets: Uint32Array;
  /** The hash table: at a word's place 1 + its row, 0 where nothing is. Its length is a power of two. */
  readonly table: Uint32Array;
}

/**
 * Words and their rows, as bytes and a hash table in three typed arrays: 12 bytes a word beside its letters, where a `Map` of strings
 * takes about 100.
 */
export class WordIndex {
  #bytes: Uint8Array;
  #offsets: Uint32Array;
  #table: Uint32Array;
  #size: number;

  constructor(parts?: WordIndexParts) {
    this.#bytes = parts?.bytes ?? new Uint8Array(1024);
    this.#offsets = parts?.offsets ?? new Uint32Array(128);
    this.#table = parts?.table ?? new Uint32Array(256);
    this.#size = parts === undefined ? 0 : parts.offsets.length - 1;
  }

  /** An index of these words; one that comes twice keeps its first row. */
  static of(words: Iterable<string>): WordIndex {
    const index = new WordIndex();
    for (const word of words) {
      const bytes = encoder.encode(word);
      index.add(bytes, 0, bytes.length);
    }
    return index;
  }

  get size(): number {
    return this.#size;
  }

  /** Gives the word `bytes[start, end)` the next row and returns -1; returns its row when it has one already. */
  add(bytes: Uint8Array, start: number, end: number): number {
    const place = this.#place(bytes, start, end);
    const row = this.#table[place]! - 1;
    if (row >= 0) return row;
    const from = this.#offsets[this.#size]!;
    const to = from + end - start;
    if (to >= 2 ** 32) throw new RangeError('the words take more than 4 GiB; keep only the wanted ones.');
    if (to > this.#bytes.length) this.#bytes = grown(this.#bytes, Math.max(to, 2 * this.#bytes.length));
    for (let at = start; at < end; at += 1) this.#bytes[from + at - start] = bytes[at]!;
    if (this.#size + 1 >= this.#offsets.length) {
      const offsets = new Uint32Array(2 * this.#offsets.length);
      offsets.set(this.#offsets);
      this.#offsets = offsets;
    }
    this.#size += 1;
    this.#offsets[this.#size] = to;
    this.#table[place] = this.#size;
    if (3 * this.#size > 2 * this.#table.length) this.#rehash();
    return -1;
  }

  /** The row of the word `bytes[start, end)`, or -1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return this.#table[this.#place(bytes, start, end)]! - 1;
  }

  /** The row of a word as it is written, else of its composed (NFC), else of its decomposed (NFD) form; or -1. */
  row(word: string): number {
    for (const form of unicodeForms(word)) {
      const bytes = encoder.encode(form);
      const row = this.find(bytes, 0, bytes.length);
      if (row >= 0) return row;
    }
    return -1;
  }

  /** The word of a row. */
  word(row: number): string {
    return decoder.decode(this.#bytes.subarray(this.#offsets[row], this.#offsets[row + 1]));
  }

  /** The length of a row's word in UTF-8. */
  wordBytes(row: number): number {
    return this.#offsets[row + 1]! - this.#offsets[row]!;
  }

  /** Views of what there is, not copies. */
  parts(): WordIndexParts {
    return {
      bytes: this.#bytes.subarray(0, this.#offsets[this.#size]),
      offsets: this.#offsets.subarray(0, this.#size + 1),
      table: this.#table,
    };
  }

  /** Where in the table the word is, or the empty place where it would be. */
  #place(bytes: Uint8Array, start: number, end: number): number {
    const mask = this.#table.length - 1;
    let place = hash(bytes, start, end) & mask;
    for (;;) {
      const row = this.#table[place]! - 1;
      if (row < 0 || this.#is(row, bytes, start, end)) return place;
      place = (place + 1) & mask;
    }
  }

  #is(row: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#offsets[row]!;
    const length = end - start;
    if (this.#offsets[row + 1]! - from !== length) return false;
    for (let at = 0; at < length; at += 1) if (this.#bytes[from + at] !== bytes[start + at]) return false;
    return true;
  }

  #rehash(): void {
    this.#table = new Uint32Array(2 * this.#table.length);
    const mask = this.#table.length - 1;
    for (let row = 0; row < this.#size; row += 1) {
      let place = hash(this.#bytes, this.#offsets[row]!, this.#offsets[row + 1]!) & mask;
      while (this.#table[place] !== 0) place = (place + 1) & mask;
      this.#table[place] = row + 1;
    }
  }
}

/** FNV-1a, 32 bits, with its bits mixed once more, since a table takes only the lower ones. */
function hash(bytes: Uint8Array, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let at = start; at < end; at += 1) value = Math.imul(value ^ bytes[at]!, 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return value ^ (value >>> 13);
}

function grown(bytes: Uint8Array, length: number): Uint8Array {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}
