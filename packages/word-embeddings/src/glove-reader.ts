import { fromMap, type WordVectors } from './word-vectors.js';

/** Takes a GloVe file line by line. */
export interface GloveReader {
  /** One line without its line feed. */
  line(line: string): void;
  /** What was read; there must have been a line. */
  finish(): WordVectors;
}

/**
 * Reads GloVe text: a line is a word, then its numbers, all separated by one space. The first line decides how many numbers.
 * A word may hold spaces (the 840B file has `. . .`), but then no part of it after the first is a number: such a line is ragged.
 * Lines of words that are not wanted are checked only for having enough fields.
 *
 * @param name - What errors call the file.
 * @param wanted - The words to keep; all when absent.
 */
export function gloveReader(name: string, wanted?: ReadonlySet<string>): GloveReader {
  const vectors = new Map<string, Float32Array>();
  const lineOf = new Map<string, number>();
  let number = 0;
  let dimensions = 0;

  const refuse = (problem: string): never => {
    throw new RangeError(`${name}, line ${number}: ${problem}.`);
  };

  const keep = (word: string, line: string, start: number): void => {
    const before = lineOf.get(word);
    if (before !== undefined) refuse(`the word "${word}" is there twice, first in line ${before}`);
    const vector = new Float32Array(dimensions);
    let at = start;
    for (let index = 0; index < dimensions; index += 1) {
      const space = line.indexOf(' ', at);
      const end = space < 0 ? line.length : space;
      const field = line.slice(at, end);
      vector[index] = toNumber(field) ?? refuse(`"${shorten(field)}" is not a finite number`);
      at = end + 1;
    }
    vectors.set(word, vector);
    lineOf.set(word, number);
  };

  return {
    line(given) {
      number += 1;
      const line = given.endsWith('\r') ? given.slice(0, -1) : given;
      const spaces = countSpaces(line);
      if (number === 1) {
        dimensions = spaces;
        if (spaces === 0) refuse('it has a word but no numbers');
      }
      if (spaces < dimensions) refuse(`it has ${spaces} numbers after the word; line 1 has ${dimensions}`);
      // Whatever is before the last `dimensions` spaces is the word.
      let start = line.indexOf(' ');
      for (let extra = spaces - dimensions; extra > 0; extra -= 1) {
        const next = line.indexOf(' ', start + 1);
        if (toNumber(line.slice(start + 1, next)) !== undefined) {
          refuse(`it has ${spaces} numbers after the word; line 1 has ${dimensions}`);
        }
        start = next;
      }
      if (start <= 0) refuse('it has no word before its first space');
      const word = line.slice(0, start);
      if (wanted === undefined || wanted.has(word)) keep(word, line, start + 1);
    },
    finish() {
      if (number === 0) throw new RangeError(`${name} is empty; word vectors need at least one line.`);
      return fromMap(dimensions, vectors);
    },
  };
}

function countSpaces(line: string): number {
  let count = 0;
  for (let at = 0; at < line.length; at += 1) if (line.charCodeAt(at) === 32) count += 1;
  return count;
}

/** A decimal number that float32 can hold; nothing for all else that JavaScript would take for a number, such as '' or '0x1'. */
function toNumber(field: string): number | undefined {
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(field)) return undefined;
  const value = Math.fround(Number(field));
  return Number.isFinite(value) ? value : undefined;
}

function shorten(field: string): string {
  return field.length > 40 ? `${field.slice(0, 40)}…` : field;
}
