import { unicodeForms } from './unicode-forms.js';

/** What to look up in place of a class name, or of a word in class names (in lower case): one name, or several for their mean. */
export type Synonyms = Readonly<Record<string, string | readonly string[]>>;

/** The names to look up in place of a name or word, if there are any. */
export function synonymsOf(name: string, synonyms: Synonyms): readonly string[] | undefined {
  const key = synonymKey(name, synonyms);
  const given = key === undefined ? undefined : synonyms[key];
  return typeof given === 'string' ? [given] : given;
}

/** The key of `synonyms` that is a name or word: as it is written, or in another Unicode form. */
export function synonymKey(name: string, synonyms: Synonyms): string | undefined {
  return unicodeForms(name).find((form) => Object.hasOwn(synonyms, form));
}
