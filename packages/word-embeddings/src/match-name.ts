import { nameSegments } from './name-words.js';
import { synonymKey, type Synonyms, synonymsOf } from './synonyms.js';
import { cases, halves, type MatchRule, wordForms } from './word-forms.js';

/** A part of a class name and the word of the vocabulary that stands for it. */
export interface MatchedPart {
  /** As it is written in the name. */
  readonly text: string;
  readonly word: string;
  readonly rule: MatchRule;
}

/** What a name is made of. */
export interface NameMatch {
  readonly parts: readonly MatchedPart[];
  /** Words of the name that nothing stands for. */
  readonly missing: readonly string[];
  /** Whether one word of the vocabulary, spelled as the name is but for case and Unicode form, stands for all of it. */
  readonly whole: boolean;
  /** Whether the whole name was replaced by a synonym. */
  readonly synonym: boolean;
}

/** Where to look, and what to look up instead. */
export interface NameLookUp {
  has(word: string): boolean;
  readonly synonyms?: Synonyms;
  /** Is told which synonyms were used. */
  onSynonym?(name: string): void;
}

const mostJoined = 4;

/** Finds the words of the vocabulary that stand for a name; the rules are in `classVectors`. */
export function matchName(name: string, lookUp: NameLookUp): NameMatch {
  const replaced = replacement(name, name, lookUp);
  if (replaced) return { ...replaced, whole: false, synonym: true };
  for (const [word, rule] of cases([name.trim()])) {
    if (lookUp.has(word)) {
      return { parts: [{ text: name, word, rule }], missing: [], whole: true, synonym: false };
    }
  }
  const found = nameSegments(name).map((words) => matchSegment(words, lookUp));
  return {
    parts: found.flatMap(({ parts }) => parts),
    missing: found.flatMap(({ missing }) => missing),
    whole: false,
    synonym: false,
  };
}

/** How far a try goes. */
interface Way {
  /** What may stand between words that are one word. */
  readonly links: readonly string[];
  /** Whether a word may be taken for two. */
  readonly split: boolean;
}

/** What vocabularies write between the words of a name. */
const marks = ['_', '-', ' '];

/**
 * The careful way first. Words are written together without a mark only where one of them is unknown, because they may become another word, as oak
 * and tree become the name of a firm.
 */
const ways: readonly Way[] = [
  { links: marks, split: false },
  { links: [...marks, ''], split: false },
  { links: [...marks, ''], split: true },
];

function matchSegment(words: readonly string[], lookUp: NameLookUp): Omit<Found, 'length'> {
  let best: Omit<Found, 'length'> | undefined;
  for (const way of ways) {
    const parts: MatchedPart[] = [];
    const missing: string[] = [];
    for (let at = 0; at < words.length;) {
      const found = joined(words, at, lookUp, way.links) ?? matchWord(words[at]!, lookUp, way);
      parts.push(...found.parts);
      missing.push(...found.missing);
      at += found.length;
    }
    if (best === undefined || missing.length < best.missing.length) best = { parts, missing };
    if (missing.length === 0) break;
  }
  return best!;
}

/** What the synonyms say for a name or a word. */
function replacement(key: string, text: string, lookUp: NameLookUp): Omit<Found, 'length'> | undefined {
  const { synonyms = {} } = lookUp;
  const names = synonymsOf(key, synonyms);
  if (names === undefined) return undefined;
  lookUp.onSynonym?.(synonymKey(key, synonyms)!);
  const found = names.map((name) => matchName(name, { has: (word) => lookUp.has(word) }));
  return {
    parts: found.flatMap(({ parts }) => parts.map(({ word }) => ({ text, word, rule: 'synonym' as const }))),
    missing: found.flatMap(({ missing }) => missing),
  };
}

interface Found {
  readonly parts: readonly MatchedPart[];
  readonly missing: readonly string[];
  /** How many words of the name it covers. */
  readonly length: number;
}

/** The longest run of words from `at` on that is one word with one of the links in between. */
function joined(
  words: readonly string[],
  at: number,
  lookUp: NameLookUp,
  links: readonly string[],
): Found | undefined {
  const most = Math.min(mostJoined, words.length - at);
  // A name may be longer than most, but then only as a whole.
  const lengths = at === 0 && words.length > most ? [words.length] : [];
  for (let length = most; length > 1; length -= 1) lengths.push(length);
  for (const length of lengths) {
    const run = words.slice(at, at + length);
    for (const link of links) {
      for (const [word] of cases(run, link)) {
        if (lookUp.has(word)) {
          return { parts: [{ text: run.join(' '), word, rule: 'joined' }], missing: [], length };
        }
      }
    }
  }
  return undefined;
}

function matchWord(text: string, lookUp: NameLookUp, { split }: Way): Found {
  const replaced = replacement(text.toLowerCase(), text, lookUp);
  if (replaced) return { ...replaced, length: 1 };
  for (const [word, rule] of wordForms(text)) {
    if (lookUp.has(word)) return { parts: [{ text, word, rule }], missing: [], length: 1 };
  }
  for (const pair of split ? halves(text) : []) {
    // Both are asked for, so that `wordsToLookUp` sees both.
    const known = pair.map((half) => lookUp.has(half));
    if (known.every(Boolean)) {
      return { parts: pair.map((word) => ({ text, word, rule: 'split' })), missing: [], length: 1 };
    }
  }
  return { parts: [], missing: [text.toLowerCase()], length: 1 };
}
