import { matchName, type MatchedPart } from './match-name.js';
import { nearestSpellings } from './nearest-spellings.js';
import type { Synonyms } from './synonyms.js';
import type { WordVectors } from './word-vectors.js';

/** How a class name came to its vector. */
export interface ClassMatch {
  readonly name: string;
  /**
   * `whole`: the name itself, but for case and Unicode form, has a vector. `parts`: the mean of its parts' vectors. `known-parts`: of those that have one.
   * `synonym`: what `synonyms` says for this name. `mean`: no part has one; the mean of the other names' vectors.
   */
  readonly how: 'whole' | 'parts' | 'synonym' | 'known-parts' | 'mean';
  /** The words whose vectors were used. */
  readonly words: readonly string[];
  /** For each of `words`, which part of the name it stands for and by which rule. */
  readonly parts: readonly MatchedPart[];
  /** The words of the name that have no vector. */
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
  /** Names or words to look up in place of a class name, or of a word in class names. Default none. */
  readonly synonyms?: Synonyms;
}

const mostSuggested = 10;

/**
 * A vector for each class name, by these rules in this order:
 *
 * 1. A name in `synonyms` is replaced by what is there.
 * 2. The whole name as it is written, in lower case, capitalised, or in capitals.
 * 3. Its words (see `nameWords`), from the left: the longest run of up to four, or all of them, that is one word with `_`, `-` or a space between
 *    them, in the cases of rule 2 or with each word capitalised; else the word in these cases, without accents, without `'s`, in the
 *    singular, in the plural.
 * 4. Where a word is still unknown: also runs that are one word when written together; and then also words that are two known ones of three
 *    letters or more, split as evenly as possible.
 *
 * The first that is there stands for the name, whatever else would. The forms of a letter with an accent in Unicode are one letter; where
 * a source has a word in several, the one that is written as the name, then the composed one.
 *
 * The vector is the mean of those that were found. Vectors are as the words have them, not scaled to unit length.
 *
 * @param names - Such as a dataset's class names.
 * @param words - Where the vectors come from.
 * @throws {RangeError} When a name has a word without a vector and no fallback covers it: names them all, with the nearest known words; when
 * a synonym is for none of the names; when the row of a word that it needs could not be read, or there are several.
 *
 * @example
 * const { rows, matches } = classVectors(['apple', 'aquarium_fish'], words);
 * prototypesFromVectors(rows);
 */
export function classVectors(
  names: readonly string[],
  words: WordVectors,
  { fallback = 'error', synonyms = {} }: ClassVectorsOptions = {},
): ClassVectors {
  const used = new Set<string>();
  const matches = names.map((name) => match(name, words, synonyms, used));
  refuseUnused(synonyms, used);
  refuseUnknown(matches, fallback, words);
  refuseProblems(matches, words);
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

function match(name: string, words: WordVectors, synonyms: Synonyms, used: Set<string>): ClassMatch {
  const { parts, missing, whole, synonym } = matchName(name, {
    // One that is there but cannot be used is not replaced by another in silence.
    has: (word) => words.has(word) || words.problem?.(word) !== undefined,
    synonyms,
    onSynonym: (key) => used.add(key),
  });
  let how: ClassMatch['how'] = 'parts';
  if (parts.length === 0) how = 'mean';
  else if (missing.length > 0) how = 'known-parts';
  else if (synonym) how = 'synonym';
  else if (whole) how = 'whole';
  return { name, how, words: parts.map(({ word }) => word), parts, missing };
}

function refuseUnused(synonyms: Synonyms, used: ReadonlySet<string>): void {
  const unused = Object.keys(synonyms).filter((key) => !used.has(key));
  if (unused.length === 0) return;
  throw new RangeError(
    `synonyms has ${unused.map((key) => JSON.stringify(key)).join(', ')}, which is neither a class name, exactly as it is ` +
      'written, nor a word in one, in lower case, that is looked up.',
  );
}

function refuseProblems(matches: readonly ClassMatch[], words: WordVectors): void {
  for (const { name, words: found } of matches) {
    for (const word of found) {
      const problem = words.problem?.(word);
      if (problem === undefined) continue;
      throw new RangeError(
        `the class name "${name}" needs the vector of ${JSON.stringify(word)}, which has none to use: ${problem}.`,
      );
    }
  }
}

function refuseUnknown(
  matches: readonly ClassMatch[],
  fallback: 'error' | 'known-parts' | 'mean',
  words: WordVectors,
): void {
  const refused = matches.filter(
    ({ how }) => (fallback === 'error' && how === 'known-parts') || (fallback !== 'mean' && how === 'mean'),
  );
  if (refused.length > 0) {
    const unknown = [...new Set(refused.flatMap(({ missing }) => missing))].slice(0, mostSuggested);
    const vocabulary = words.vocabulary ?? [];
    const nearest = new Map(unknown.map((word) => [word, nearestSpellings(word, vocabulary)]));
    const say = (word: string): string => {
      const near = nearest.get(word) ?? [];
      if (near[0] === word) return `${word}, which is known but was not kept: see wordsToLookUp`;
      return near.length > 0 ? `${word}; nearest known: ${near.join(', ')}` : word;
    };
    const list = refused.map(({ name, missing }) =>
      missing.length > 0 ? `"${name}" (${missing.map(say).join('; ')})` : `"${name}" (it has no words)`,
    );
    throw new RangeError(
      `${refused.length} of ${matches.length} class names have words without a vector: ${list.join('; ')}. ` +
        'Give synonyms, use vectors that know them, or choose a fallback.',
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
