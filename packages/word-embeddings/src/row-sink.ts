import type { OddRows } from './odd-rows.js';
import { WordIndex } from './word-index.js';
import { wordTable, type WordTable } from './word-vectors.js';

/** Takes words and vectors as a reader finds them. */
export interface RowSink {
  /** Before the first row. */
  begin(dimensions: number): void;
  /** Whether the numbers of the word `bytes[start, end)` are wanted; those of others need not be read. */
  wants(bytes: Uint8Array, start: number, end: number): boolean;
  /** A wanted word and its vector, which is to be copied; the row of the same word if there was one before, else -1. */
  take(bytes: Uint8Array, start: number, end: number, vector: Float32Array): number;
  /** Whether a row that was taken has this vector. */
  holds(row: number, vector: Float32Array): boolean;
}

/** Keeps rows in memory. */
export interface TableSink extends RowSink {
  /** Rows so far. */
  readonly size: number;
  table(odd: OddRows): WordTable;
}

/**
 * Keeps all rows, or those of some words, in memory.
 *
 * @param words - The words to keep; all when absent.
 * @param portion - How much of the source is read, from 0 to 1, so that memory grows to the size that will be needed; 0 where nobody knows.
 */
export function tableSink(words?: WordIndex, portion: () => number = () => 0): TableSink {
  const index = new WordIndex();
  const vocabulary = words && new WordIndex();
  let dimensions = 0;
  let values = new Float32Array(0);

  const grow = (): void => {
    const rows = index.size;
    const expected = words?.size ?? Math.ceil((1.02 * rows) / portion());
    // Until the source is known well enough, and where it deceives, memory doubles.
    const next = Number.isFinite(expected) && expected > rows ? Math.min(expected, 64 * rows) : 2 * rows;
    const larger = new Float32Array(Math.max(next, Math.ceil(1.05 * rows), 64) * dimensions);
    larger.set(values);
    values = larger;
  };

  return {
    begin(given) {
      dimensions = given;
    },
    wants(bytes, start, end) {
      vocabulary?.add(bytes, start, end);
      return words === undefined || words.find(bytes, start, end) >= 0;
    },
    take(bytes, start, end, vector) {
      const before = index.add(bytes, start, end);
      if (before >= 0) return before;
      const at = (index.size - 1) * dimensions;
      if (at + dimensions > values.length) grow();
      values.set(vector, at);
      return -1;
    },
    holds(row, vector) {
      const kept = values.subarray(row * dimensions, (row + 1) * dimensions);
      return kept.every((value, index) => value === vector[index]);
    },
    get size() {
      return index.size;
    },
    table: (odd) =>
      wordTable(index, values.subarray(0, index.size * dimensions), dimensions, { vocabulary, odd }),
  };
}
