import type { WordVectorsFormat } from './formats/detect-format.js';
import { type UnicodeErrors, wordDecoder } from './formats/word-decoder.js';
import { OddRows } from './odd-rows.js';
import { type RowSink, tableSink } from './row-sink.js';
import { sourceBytes } from './source-bytes.js';
import { vectorsParser, type VectorsParser } from './vectors-parser.js';
import { wantedWords, type WantedWords } from './wanted-words.js';
import type { WordTable } from './word-vectors.js';

/** How word vectors are read. */
export interface ReadWordVectorsOptions {
  /** The words to keep. Default: all. */
  readonly words?: Iterable<string> | undefined;
  /** Default: recognized by the first bytes. gensim's `binary` and `no_header`. */
  readonly format?: WordVectorsFormat | undefined;
  /**
   * What to do with a word that was there before: refuse it, or keep the first of its vectors (as gensim does). Default: refuse it if it is
   * one of `words` and the numbers differ; keep the first of others.
   */
  readonly duplicates?: 'error' | 'keep-first' | undefined;
  /** What to do with one of `words` whose row cannot be read. Default `error`. */
  readonly badRows?: BadRows | undefined;
  /** What words are written in, a label that `TextDecoder` knows and that writes ASCII as it is. Default `utf-8`. */
  readonly encoding?: string | undefined;
  /**
   * What to do with a word that is not valid in `encoding`, such as one that was cut inside a letter: leave its row out (`skip`), refuse the
   * file (`strict`), drop the bytes that are wrong (`ignore`) or put U+FFFD in their place (`replace`), the last three as in Python. Default `skip`.
   */
  readonly unicodeErrors?: UnicodeErrors | undefined;
  /** The most rows to read, from the first one on: those of the most frequent words in most files. Default: all. */
  readonly limit?: number | undefined;
  /** Gets one sentence that says which rows were skipped, how many, and where the first of each kind is. Not called where nothing was. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/**
 * `error`: the file is refused. `error-when-used`: the word is left out, and `classVectors` refuses a name that needs it; for words of which
 * only some will be used, such as those of `wordsToLookUp`.
 */
export type BadRows = 'error' | 'error-when-used';

/** How `parseWordVectors` reads. */
export interface ParseWordVectorsOptions extends ReadWordVectorsOptions {
  /** What errors call the source. Default `the word vectors`. */
  readonly name?: string | undefined;
}

const pieceBytes = 1 << 20;

/**
 * Word vectors from text or bytes that are in memory, as GloVe, word2vec (text and binary), fastText (`.vec`) and winkNLP (JSON) write them.
 *
 * A row that cannot be read is left out and reported to `onWarning`, unless its word is one of `words`.
 *
 * @throws {RangeError} When it is none of these, is empty, most of its rows cannot be read, or one of `words` has too few or too many numbers,
 * something that is no finite number, or two vectors; says the line, and in binary files and JSON the byte.
 *
 * @example
 * parseWordVectors('king 1 2\nqueen 1 3\n').vector('queen'); // Float32Array [1, 3]
 */
export function parseWordVectors(
  source: string | Uint8Array | ArrayBuffer,
  options: ParseWordVectorsOptions = {},
): WordTable {
  const { name = 'the word vectors' } = options;
  const bytes = sourceBytes(source, name);
  const words = wantedWords(options.words);
  let done = 0;
  const sink = tableSink(words?.index, () => portionRead(done, bytes.length));
  const odd = new OddRows(words && ((word) => words.has(word)));
  const parser = parserOf(name, options, sink, odd);
  while (done < bytes.length && !parser.isDone()) {
    const end = Math.min(bytes.length, done + pieceBytes);
    parser.push(bytes.subarray(done, end));
    done = end;
  }
  parser.finish();
  const table = sink.table(odd);
  reportOddRows(name, table, odd, words, options);
  return table;
}

/** A parser by these options, which are checked. */
export function parserOf(
  name: string,
  options: ReadWordVectorsOptions,
  sink: RowSink,
  odd: OddRows,
): VectorsParser {
  const { format, duplicates, encoding = 'utf-8', unicodeErrors = 'skip', limit = Infinity } = options;
  if (!(limit === Infinity || (Number.isInteger(limit) && limit >= 1))) {
    throw new RangeError(`limit must be a whole number of rows from 1 on, and is ${String(limit)}.`);
  }
  checkChoice('duplicates', duplicates, ['error', 'keep-first']);
  checkChoice('badRows', options.badRows, ['error', 'error-when-used']);
  const decoder = wordDecoder(encoding, unicodeErrors);
  return vectorsParser({ name, format, duplicates, decoder, unicodeErrors, limit, sink, odd });
}

function checkChoice(option: string, given: unknown, choices: readonly string[]): void {
  if (given === undefined || choices.includes(given as string)) return;
  throw new RangeError(`${option} must be ${choices.join(' or ')}, and is ${JSON.stringify(given)}.`);
}

/**
 * Tells what was skipped, and refuses words that are wanted by name and have a problem.
 *
 * @throws {RangeError} Names the first of them, its place, and what to do.
 */
export function reportOddRows(
  name: string,
  table: WordTable,
  odd: OddRows,
  words: WantedWords | undefined,
  { badRows = 'error', onWarning }: ReadWordVectorsOptions,
): void {
  const warning = odd.warning(name);
  if (warning !== undefined) onWarning?.(warning);
  if (badRows !== 'error') return;
  for (const word of words?.names ?? []) {
    const problem = table.problem?.(word);
    if (problem !== undefined)
      throw new RangeError(`${name} has no vector to use for ${JSON.stringify(word)}: ${problem}.`);
  }
}

/** What `tableSink` may rely on: nothing before so much is read that the piece which is being read counts little. */
export function portionRead(bytesDone: number, bytesTotal: number): number {
  return bytesDone < 8 * pieceBytes ? 0 : bytesDone / bytesTotal;
}
