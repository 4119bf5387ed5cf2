import type { WordVectorsFormat } from './formats/detect-format.js';
import { tableSink } from './row-sink.js';
import { vectorsParser } from './vectors-parser.js';
import { WordIndex } from './word-index.js';
import type { WordTable } from './word-vectors.js';

/** How word vectors are read. */
export interface ReadWordVectorsOptions {
  /** The words to keep. Default: all. */
  readonly words?: Iterable<string> | undefined;
  /** Default: told by the first bytes. */
  readonly format?: WordVectorsFormat | undefined;
  /** What to do with a word that was there before: refuse it, or keep the first of its vectors. Default `error`. */
  readonly duplicates?: 'error' | 'keep-first' | undefined;
}

/** How `parseWordVectors` reads. */
export interface ParseWordVectorsOptions extends ReadWordVectorsOptions {
  /** What errors call the source. Default `the word vectors`. */
  readonly name?: string | undefined;
}

const pieceBytes = 1 << 20;

/**
 * Word vectors from text or bytes that are in memory, as GloVe, word2vec (text and binary), fastText (`.vec`) and winkNLP (JSON) write them.
 *
 * @throws {RangeError} When it is none of these, is empty, truncated or not UTF-8, or a word has too few or too many numbers, something that is
 * no finite number, or was there before; says the line, and in binary files and JSON the byte.
 *
 * @example
 * parseWordVectors('king 1 2\nqueen 1 3\n').vector('queen'); // Float32Array [1, 3]
 */
export function parseWordVectors(
  source: string | Uint8Array,
  { words, format, duplicates = 'error', name = 'the word vectors' }: ParseWordVectorsOptions = {},
): WordTable {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  let done = 0;
  const sink = tableSink(words && WordIndex.of(words), () => portionRead(done, bytes.length));
  const parser = vectorsParser({ name, format, duplicates, sink });
  while (done < bytes.length) {
    const end = Math.min(bytes.length, done + pieceBytes);
    parser.push(bytes.subarray(done, end));
    done = end;
  }
  parser.finish();
  return sink.table();
}

/** What `tableSink` may rely on: nothing before so much is read that the piece which is being read counts little. */
export function portionRead(bytesDone: number, bytesTotal: number): number {
  return bytesDone < 8 * pieceBytes ? 0 : bytesDone / bytesTotal;
}
