import { unicodeForms } from './unicode-forms.js';

/** Why a row was skipped. */
export type OddKind = keyof typeof descriptions;

const descriptions = {
  blank: 'without a word',
  unicode: 'whose word is not valid text',
  duplicate: 'whose word was there before',
  short: 'with too few numbers',
  long: 'with too many numbers',
  number: 'with something that is not a finite number',
  list: 'without a list of numbers',
  cut: 'cut off by the end of the file',
} as const;

/** What `OddRows` knows, for files. */
export interface OddRowsRecord {
  readonly kinds: readonly (readonly [kind: OddKind, count: number, first: string])[];
  readonly notes: readonly string[];
  readonly problems: readonly (readonly [word: string, problem: string, several: boolean])[];
}

interface Problem {
  readonly text: string;
  /** Whether it is that there is another row of this word. */
  readonly several: boolean;
}

/** The most words whose problems are remembered, where not only some words are wanted. */
const mostProblems = 100_000;
/** From so many rows on, a source most of whose rows cannot be read is refused: it is damaged, or of another format. */
const manyRows = 100;

/** Counts the rows of a source that were skipped, and remembers their words, so that one that is asked for is refused with its place. */
export class OddRows {
  readonly #kinds = new Map<OddKind, { count: number; readonly first: string }>();
  readonly #notes: string[] = [];
  readonly #problems = new Map<string, Problem>();
  readonly #isWanted: (word: string) => boolean;
  #complete = true;
  #firstProblem = '';

  /** @param isWanted - Whether a word's problem is remembered, however many there are. */
  constructor(isWanted: (word: string) => boolean = () => false) {
    this.#isWanted = isWanted;
  }

  /**
   * A row that is skipped.
   *
   * @param place - Such as `line 5`.
   * @param word - Its word, where that can be read and something is wrong with its vector.
   */
  add(kind: OddKind, place: string, problem: string, word?: string): void {
    const known = this.#kinds.get(kind);
    if (known) known.count += 1;
    else this.#kinds.set(kind, { count: 1, first: place });
    if (kind !== 'duplicate') this.#firstProblem ||= `${place}: ${problem}`;
    const several = kind === 'duplicate';
    const before = word === undefined ? undefined : this.#problems.get(word);
    if (word === undefined || (before && (before.several || !several))) return;
    if (before || this.#problems.size < mostProblems || this.#isWanted(word)) {
      this.#problems.set(word, { text: `${place}: ${problem}`, several });
    } else this.#complete = false;
  }

  /** Something odd about the whole source. */
  note(text: string): void {
    this.#notes.push(text);
  }

  /** Whether the problem of every word is remembered. */
  get complete(): boolean {
    return this.#complete;
  }

  /** @throws {RangeError} When none of a source's rows can be read, or few of many. */
  check(name: string, rows: number): void {
    let unreadable = 0;
    for (const [kind, { count }] of this.#kinds) if (kind !== 'duplicate') unreadable += count;
    if (unreadable === 0 || (unreadable < rows && (rows < manyRows || 2 * unreadable <= rows))) return;
    throw new RangeError(
      `${name}, ${this.#firstProblem}; ${unreadable} of ${rows} rows cannot be read: the file is damaged, or its format is another one.`,
    );
  }

  /** One sentence about all that was skipped; nothing where nothing was. */
  warning(name: string): string | undefined {
    const kinds = [...this.#kinds];
    const total = kinds.reduce((sum, [, { count }]) => sum + count, 0);
    const parts = kinds.map(
      ([kind, { count, first }]) =>
        `${count} ${descriptions[kind]} (${count === 1 ? '' : 'the first: '}${first})`,
    );
    const skipped = `skipped ${total} ${total === 1 ? 'row' : 'rows'}: ${parts.join(', ')}`;
    const said = [...(total > 0 ? [skipped] : []), ...this.#notes];
    return said.length === 0 ? undefined : `${name}: ${said.join('; ')}.`;
  }

  /**
   * Why a word of the source has no vector, or not only one: its place, what is wrong there, and what to do.
   *
   * @param isKept - Whether another row of this word could be read.
   */
  problem(word: string, isKept: boolean): string | undefined {
    for (const form of unicodeForms(word)) {
      const { text, several } = this.#problems.get(form) ?? {};
      if (text === undefined || (isKept && !several)) continue;
      return `${text}; ${several ? 'remove one of them, or choose duplicates "keep-first"' : 'correct this row, or use vectors without this error'}`;
    }
    return undefined;
  }

  record(): OddRowsRecord {
    return {
      kinds: [...this.#kinds].map(([kind, { count, first }]) => [kind, count, first]),
      notes: this.#notes,
      problems: [...this.#problems].map(([word, { text, several }]) => [word, text, several]),
    };
  }

  /** What was recorded, or nothing where it is no such record. */
  static of(given: unknown): OddRows | undefined {
    const isText = (value: unknown): value is string => typeof value === 'string';
    const { kinds, notes, problems } = (given ?? {}) as Record<string, unknown>;
    if (![kinds, notes, problems].every((list) => Array.isArray(list))) return undefined;
    const odd = new OddRows();
    for (const one of kinds as readonly unknown[]) {
      const [kind, count, first] = (Array.isArray(one) ? one : []) as unknown[];
      if (!isText(kind) || !Object.hasOwn(descriptions, kind) || !isText(first)) return undefined;
      if (!Number.isSafeInteger(count) || (count as number) < 1) return undefined;
      odd.#kinds.set(kind as OddKind, { count: count as number, first });
    }
    if (!(notes as readonly unknown[]).every(isText)) return undefined;
    odd.#notes.push(...(notes as readonly string[]));
    for (const one of problems as readonly unknown[]) {
      const [word, text, several] = (Array.isArray(one) ? one : []) as unknown[];
      if (!isText(word) || !isText(text) || typeof several !== 'boolean') return undefined;
      odd.#problems.set(word, { text, several });
    }
    return odd;
  }
}
