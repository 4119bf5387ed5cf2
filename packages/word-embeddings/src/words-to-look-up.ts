import { matchName } from './match-name.js';
import type { Synonyms } from './synonyms.js';

/**
 * All words that `classVectors` may look up for these names, each once: give them to `openWordVectors`, so that it keeps only them.
 *
 * @param synonyms - Those that `classVectors` will be given.
 *
 * @example
 * const words = await openWordVectors('glove.6B.50d.txt', { words: wordsToLookUp(['aquarium_fish']), badRows: 'error-when-used' });
 */
export function wordsToLookUp(
  names: readonly string[],
  { synonyms = {} }: { readonly synonyms?: Synonyms } = {},
): string[] {
  const words = new Set<string>();
  const lookUp = {
    synonyms,
    // Where nothing is known, every rule is tried.
    has(word: string): boolean {
      words.add(word);
      return false;
    },
  };
  for (const name of new Set(names)) matchName(name, lookUp);
  return [...words];
}
