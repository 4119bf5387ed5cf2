/**
 * The words that a class name is made of, in lower case: a number and a full stop at its beginning are dropped (`001.Black_footed_Albatross`);
 * it is split at white space, at dashes, and at `_ / . , ; : + & ( ) [ ]`, before a capital letter that follows a small one, and before the last
 * of several capitals when a small letter follows.
 *
 * @example
 * nameWords('aquarium_fish'); // ['aquarium', 'fish']
 * nameWords('pickupTruck'); // ['pickup', 'truck']
 * nameWords('T-shirt/top'); // ['t', 'shirt', 'top']
 * nameWords('001.Black_footed_Albatross'); // ['black', 'footed', 'albatross']
 */
export function nameWords(name: string): string[] {
  return nameSegments(name)
    .flat()
    .map((word) => word.toLowerCase());
}

/** The words of a name as they are written, in groups: words of one group may be one word together (`T-shirt`), others not (`shirt/top`). */
export function nameSegments(name: string): string[][] {
  return (
    name
      // An accent that stands apart would hide where a word ends.
      .normalize('NFC')
      .replace(/^\s*\d+\.(?=.*\p{L})/u, '')
      .split(/[/,;:+&()[\]]+/u)
      .map((segment) =>
        segment
          .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
          .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
          .split(/[\s_.\p{Dash_Punctuation}]+/u)
          .filter((word) => word !== ''),
      )
      .filter((words) => words.length > 0)
  );
}
