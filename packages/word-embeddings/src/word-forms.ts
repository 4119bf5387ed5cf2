/** Why a word of the vocabulary stands for a part of a class name. */
export type MatchRule =
  | 'exact'
  | 'lower-case'
  | 'capitalised'
  | 'upper-case'
  | 'joined'
  | 'unaccented'
  | 'possessive'
  | 'singular'
  | 'plural'
  | 'split'
  | 'synonym';

const irregular: readonly (readonly [singular: string, plural: string])[] = [
  ['child', 'children'],
  ['foot', 'feet'],
  ['goose', 'geese'],
  ['louse', 'lice'],
  ['man', 'men'],
  ['mouse', 'mice'],
  ['ox', 'oxen'],
  ['person', 'people'],
  ['tooth', 'teeth'],
];

/** Small and capital letters of a word, or of several with a link between them, from the nearest to it on. */
export function* cases(
  words: readonly string[],
  link = '',
): Generator<readonly [word: string, rule: MatchRule]> {
  const lower = words.map((word) => word.toLowerCase());
  // Not of Unicode's single characters: the first letter may be a pair of code units.
  const capitalised = lower.map((word) => word.replace(/^./u, (letter) => letter.toUpperCase()));
  const found = new Map<string, MatchRule>();
  for (const [written, rule] of [
    [words, 'exact'],
    [lower, 'lower-case'],
    [capitalised, 'capitalised'],
    [[...capitalised.slice(0, 1), ...lower.slice(1)], 'capitalised'],
    [lower.map((word) => word.toUpperCase()), 'upper-case'],
  ] as const) {
    const word = written.join(link);
    if (!found.has(word)) found.set(word, rule);
  }
  yield* found;
}

/** Spellings of one word, from the nearest to it on. */
export function* wordForms(written: string): Generator<readonly [word: string, rule: MatchRule]> {
  const lower = written.toLowerCase();
  yield* cases([written]);
  // Also of full width, and ligatures.
  const plain = lower.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  if (plain !== lower) yield [plain, 'unaccented'];
  const owner = plain.replace(/['’]s?$/u, '');
  if (owner !== plain) yield [owner, 'possessive'];
  for (const word of singulars(owner)) yield [word, 'singular'];
  for (const word of plurals(owner)) yield [word, 'plural'];
}

/** What a plural may be the plural of: most likely first. */
export function singulars(word: string): string[] {
  const known = irregular.filter(([, plural]) => word.endsWith(plural));
  const found = known.map(([one, plural]) => word.slice(0, -plural.length) + one);
  if (/..ies$/.test(word)) found.push(`${word.slice(0, -3)}y`);
  if (/..ves$/.test(word)) found.push(`${word.slice(0, -3)}f`, `${word.slice(0, -3)}fe`);
  if (/(?:s|x|z|ch|sh|o)es$/.test(word)) found.push(word.slice(0, -2));
  if (/..[^s]s$/.test(word)) found.push(word.slice(0, -1));
  return found;
}

/** What the plural of a word may be: most likely first. */
export function plurals(word: string): string[] {
  const known = irregular.filter(([one]) => word.endsWith(one));
  const found = known.map(([one, plural]) => word.slice(0, -one.length) + plural);
  if (/[^aeiou]y$/.test(word)) found.push(`${word.slice(0, -1)}ies`);
  if (/(?:[^f]f|fe)$/.test(word)) found.push(`${word.replace(/fe?$/, '')}ves`);
  found.push(/(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`);
  return found;
}

/** Both halves of a word at every place, of at least three letters each: the most even first. */
export function halves(word: string): (readonly [string, string])[] {
  const lower = word.toLowerCase();
  const places = Array.from({ length: Math.max(0, lower.length - 5) }, (_, place) => place + 3);
  return places
    .sort((a, b) => Math.abs(2 * a - lower.length) - Math.abs(2 * b - lower.length) || b - a)
    .map((place) => [lower.slice(0, place), lower.slice(place)] as const);
}
