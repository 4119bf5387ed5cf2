import { gloveReader } from './glove-reader.js';
import type { WordVectors } from './word-vectors.js';

/** How `parseGloveText` reads. */
export interface ParseGloveTextOptions {
  /** The words to keep. Default: all. */
  readonly words?: Iterable<string>;
  /** What errors call the text. Default `the GloVe text`. */
  readonly name?: string;
}

/**
 * Word vectors from text in GloVe's format, which is already in memory: a line is a word, then its numbers, separated by one
 * space; the last line may end with a line feed.
 *
 * @throws {RangeError} When the text is empty or a line has too few or too many numbers, something that is no finite number, or
 * a word that was there before; says the line.
 *
 * @example
 * parseGloveText('king 1 2\nqueen 1 3\n').vector('queen'); // Float32Array [1, 3]
 */
export function parseGloveText(
  text: string,
  { words, name = 'the GloVe text' }: ParseGloveTextOptions = {},
): WordVectors {
  const reader = gloveReader(name, words && new Set(words));
  for (let start = 0; start < text.length;) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    reader.line(text.slice(start, end));
    start = end + 1;
  }
  return reader.finish();
}
