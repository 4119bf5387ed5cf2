/**
 * The words that a class name is made of: split at spaces, `_`, `/` and `-`, and before a capital letter that follows a small one or
 * begins a word after capitals; lower case.
 *
 * @example
 * nameWords('aquarium_fish'); // ['aquarium', 'fish']
 * nameWords('pickupTruck'); // ['pickup', 'truck']
 * nameWords('T-shirt/top'); // ['t', 'shirt', 'top']
 */
export function nameWords(name: string): string[] {
  return name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[\s_/-]+/u)
    .filter((word) => word !== '');
}

/**
 * All words that `classVectors` may look up for these names, each once: give them to `openWordVectors`, so that it keeps only them.
 *
 * @example
 * wordsToLookUp(['aquarium_fish']); // ['aquarium_fish', 'aquarium', 'fish']
 */
export function wordsToLookUp(names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => [name.toLowerCase(), ...nameWords(name)]))];
}
