/** What to look up in place of a class name, or of a word in class names (in lower case): one name, or several for their mean. */
export type Synonyms = Readonly<Record<string, string | readonly string[]>>;

/** The names to look up in place of a name or word, if there are any. */
export function synonymsOf(name: string, synonyms: Synonyms): readonly string[] | undefined {
  if (!Object.hasOwn(synonyms, name)) return undefined;
  const given = synonyms[name]!;
  return typeof given === 'string' ? [given] : given;
}
