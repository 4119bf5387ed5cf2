import { unicodeForms } from './unicode-forms.js';
import { WordIndex } from './word-index.js';

/** The words that are asked for by name. */
export interface WantedWords {
  /** As they were given, each once. */
  readonly names: ReadonlySet<string>;
  /** In all their Unicode forms. */
  readonly forms: ReadonlySet<string>;
  readonly index: WordIndex;
  has(word: string): boolean;
}

/**
 * Words as they were given; nothing when none were, so that all are wanted.
 *
 * @throws {TypeError} When they are one text instead of a list of texts.
 */
export function wantedWords(words: Iterable<string> | undefined): WantedWords | undefined {
  if (words === undefined) return undefined;
  if (typeof words === 'string') {
    throw new TypeError(
      `words must be a list, such as [${JSON.stringify(words)}], and is the text ${JSON.stringify(words)}.`,
    );
  }
  const names = new Set(words);
  const forms = new Set([...names].flatMap((word) => unicodeForms(word)));
  return { names, forms, index: WordIndex.of(forms), has: (word) => forms.has(word) };
}
