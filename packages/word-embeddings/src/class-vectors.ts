import { nameWords } from './name-words.js';
import type { WordVectors } from './word-vectors.js';

/** How a class name came to its vector. */
export interface ClassMatch {
  readonly name: string;
  /**
   * `whole`: the name itself, in lower case, has a vector. `parts`: the mean of its words' vectors. `known-parts`: of those that have one.
   * `mean`: no word has one; the mean of the other names' vectors.
   */
  readonly how: 'whole' | 'parts' | 'known-parts' | 'mean';
  /** The words whose vectors were used. */
  readonly words: readonly string[];
  /** The words that have none. */
  readonly missing: readonly string[];
}

/** One vector a class name, and how it was found. */
export interface ClassVectors {
  readonly names: readonly string[];
  readonly dimensions: number;
  /** `[names, dimensions]`, row-major. */
  readonly values: Float32Array;
  /** Each name's row of `values`, without copying. */
  readonly rows: readonly Float32Array[];
  readonly matches: readonly ClassMatch[];
}

/** What `classVectors` does with names that are not wholly known. */
export interface ClassVectorsOptions {
  /**
   * `error`: they are refused. `known-parts`: the words without a vector are left out of the mean; a name with none at all is refused.
   * `mean`: as `known-parts`, and a name with none at all gets the mean of the other names' vectors. Default `error`.
   */
  readonly fallback?: 'error' | 'known-parts' | 'mean';
}

/**
 * A vector for each class name. If the name itself, in lower case, has a vector, it is that; else the name is split into words (see
 * `nameWords`) and gets the mean of their vectors. Vectors are as the words have them, not scaled to unit length.
 *
 * @param names - Such as a dataset's class names.
 * @param words - Where the vectors come from.
 * @throws {RangeError} When a name has a word without a vector and no fallback covers it: names them all.
 *
 * @example
 * const { rows, matches } = classVectors(['apple', 'aquarium_fish'], words);
 * prototypesFromVectors(rows);
 */
export function classVectors(
  names: readonly string[],
  words: WordVectors,
  { fallback = 'error' }: ClassVectorsOptions = {},
): ClassVectors {
  const matches = names.map((name) => match(name, words));
  refuseUnknown(matches, fallback);
  const { dimensions } = words;
  const values = new Float32Array(names.length * dimensions);
  const rows = names.map((_, row) => values.subarray(row * dimensions, (row + 1) * dimensions));
  for (const [row, { words: found }] of matches.entries()) {
    writeMean(
      found.map((word) => words.vector(word)!),
      rows[row]!,
    );
  }
  const known = rows.filter((_, row) => matches[row]!.how !== 'mean');
  for (const [row, { how }] of matches.entries()) if (how === 'mean') writeMean(known, rows[row]!);
  return { names, dimensions, values, rows, matches };
}

function match(name: string, words: WordVectors): ClassMatch {
  const whole = name.toLowerCase();
  if (words.has(whole)) return { name, how: 'whole', words: [whole], missing: [] };
  const parts = nameWords(name);
  const found = parts.filter((word) => words.has(word));
  const missing = parts.filter((word) => !words.has(word));
  const how = found.length === 0 ? 'mean' : missing.length === 0 ? 'parts' : 'known-parts';
  return { name, how, words: found, missing };
}

function refuseUnknown(matches: readonly ClassMatch[], fallback: 'error' | 'known-parts' | 'mean'): void {
  const refused = matches.filter(
    ({ how }) => (fallback === 'error' && how === 'known-parts') || (fallback !== 'mean' && how === 'mean'),
  );
  if (refused.length > 0) {
    const list = refused.map(({ name, missing }) =>
      missing.length > 0 ? `"${name}" (${missing.join(', ')})` : `"${name}" (it has no words)`,
    );
    throw new RangeError(
      `${refused.length} of ${matches.length} class names have words without a vector: ${list.join('; ')}. ` +
        'Use vectors that know them, rename the classes, or choose a fallback.',
    );
  }
  if (matches.length > 0 && matches.every(({ how }) => how === 'mean')) {
    throw new RangeError('no class name has a word with a vector; the mean needs at least one.');
  }
}

function writeMean(vectors: readonly Float32Array[], row: Float32Array): void {
  for (let index = 0; index < row.length; index += 1) {
    let sum = 0;
    for (const vector of vectors) sum += vector[index]!;
    row[index] = vectors.length > 0 ? sum / vectors.length : 0;
  }
}
