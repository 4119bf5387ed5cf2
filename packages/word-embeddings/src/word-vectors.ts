import type { OddRows } from './odd-rows.js';
import { WordIndex } from './word-index.js';

/** Words and their vectors, wherever they come from: what `classVectors` needs. */
export interface WordVectors {
  /** The length of every vector. */
  readonly dimensions: number;
  /** Whether there is a vector for this word: case counts. Of a word with accents all Unicode forms are the same word. */
  has(word: string): boolean;
  /** The word's vector, `[dimensions]`; not a copy, so treat it as read-only. */
  vector(word: string): Float32Array | undefined;
  /**
   * All words that the source has, also those whose vectors were not kept. An unknown class name is answered with the nearest of them.
   * Absent where the source cannot tell.
   */
  readonly vocabulary?: Iterable<string>;
  /**
   * What is wrong with a word's row in the source, with its place: it cannot be read, or there are several with other numbers. `classVectors`
   * refuses a name that needs this word. Absent where the source cannot tell.
   */
  problem?(word: string): string | undefined;
}

/** Word vectors in one piece of memory, in the order of their source. */
export interface WordTable extends WordVectors {
  /** How many words there are. */
  readonly size: number;
  /** `[size, dimensions]`, row-major. */
  readonly values: Float32Array;
  /** The row of a word, or -1. */
  row(word: string): number;
  /** The word of a row, from 0 to `size - 1`. */
  word(row: number): string;
  readonly vocabulary: Iterable<string>;
}

const encoder = new TextEncoder();

/**
 * Word vectors from pairs of word and vector. A word that comes twice keeps its last vector.
 *
 * @throws {RangeError} When there is none, two vectors differ in length, one is empty, or one has a number that float32 cannot hold.
 *
 * @example
 * wordVectors([['king', [1, 2]], ['queen', [1, 3]]]).vector('queen'); // Float32Array [1, 3]
 */
export function wordVectors(entries: Iterable<readonly [string, ArrayLike<number>]>): WordTable {
  const index = new WordIndex();
  const rows: Float32Array[] = [];
  for (const [word, values] of entries) {
    if (typeof word !== 'string') throw new RangeError(`a word must be text, and is ${String(word)}.`);
    const vector = Float32Array.from(values);
    if (vector.length === 0 || vector.length !== (rows[0] ?? vector).length) {
      throw new RangeError(
        `the vector of "${word}" has ${vector.length} numbers; all must have the same number of them, and at least 1.`,
      );
    }
    if (!vector.every((value, place) => typeof values[place] === 'number' && Number.isFinite(value))) {
      throw new RangeError(`the vector of "${word}" has a number that is not finite.`);
    }
    const bytes = encoder.encode(word);
    const before = index.add(bytes, 0, bytes.length);
    rows[before < 0 ? rows.length : before] = vector;
  }
  if (rows[0] === undefined) throw new RangeError('there are no word vectors.');
  const dimensions = rows[0].length;
  const values = new Float32Array(rows.length * dimensions);
  for (const [row, vector] of rows.entries()) values.set(vector, row * dimensions);
  return wordTable(index, values, dimensions);
}

/** What a table knows of words that it does not keep. */
interface WordTableOptions {
  readonly vocabulary?: WordIndex | undefined;
  readonly odd?: OddRows | undefined;
}

/** Word vectors over an index and values that are known to be right. */
export function wordTable(
  index: WordIndex,
  values: Float32Array,
  dimensions: number,
  { vocabulary = index, odd }: WordTableOptions = {},
): WordTable {
  return {
    ...(odd && { problem: (word: string) => odd.problem(word, index.row(word) >= 0) }),
    dimensions,
    size: index.size,
    values,
    has: (word) => index.row(word) >= 0,
    vector(word) {
      const row = index.row(word);
      return row < 0 ? undefined : values.subarray(row * dimensions, (row + 1) * dimensions);
    },
    row: (word) => index.row(word),
    word(row) {
      if (!(Number.isInteger(row) && row >= 0 && row < index.size)) {
        throw new RangeError(`row must be a whole number from 0 to ${index.size - 1}, and is ${row}.`);
      }
      return index.word(row);
    },
    vocabulary: {
      *[Symbol.iterator]() {
        for (let row = 0; row < vocabulary.size; row += 1) yield vocabulary.word(row);
      },
    },
  };
}
