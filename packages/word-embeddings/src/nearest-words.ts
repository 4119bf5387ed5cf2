import type { WordTable } from './word-vectors.js';

/** A word and the cosine of the angle between its vector and what was asked for. */
export interface WordNeighbour {
  readonly word: string;
  readonly cosine: number;
}

/** How many neighbours, and which not. */
export interface NearestWordsOptions {
  /** Default 10. */
  readonly count?: number;
  /** Words that are left out. Default: the word itself where a word is asked for. */
  readonly exclude?: Iterable<string>;
}

/**
 * The words whose vectors have the largest cosines with that of a word, or with a vector: nearest first, equals in the table's order. Goes
 * through the whole table.
 *
 * @throws {RangeError} When the word is unknown, or the vector has another length, is zero or not finite.
 *
 * @example
 * nearestWords(words, 'frog', { count: 2 }); // [{ word: 'toad', cosine: 0.77 }, { word: 'frogs', cosine: 0.72 }]
 */
export function nearestWords(
  words: WordTable,
  query: string | ArrayLike<number>,
  { count = 10, exclude = typeof query === 'string' ? [query] : [] }: NearestWordsOptions = {},
): WordNeighbour[] {
  if (!(Number.isInteger(count) && count >= 1)) {
    throw new RangeError(`count must be a whole number from 1 on, and is ${count}.`);
  }
  const { dimensions, values } = words;
  const vector = typeof query === 'string' ? knownVector(words, query) : query;
  if (vector.length !== dimensions) {
    throw new RangeError(`the vector has ${vector.length} numbers, and those of the words ${dimensions}.`);
  }
  const unit = Float64Array.from(vector);
  const length = Math.hypot(...unit);
  if (!(length > 0 && Number.isFinite(length))) {
    throw new RangeError('the vector is zero or not finite, and has no direction.');
  }
  for (let index = 0; index < dimensions; index += 1) unit[index] = unit[index]! / length;
  const left = new Set([...exclude].map((word) => words.row(word)));
  const lengths = rowLengths(words);
  const found: { readonly row: number; readonly cosine: number }[] = [];
  for (let row = 0; row < words.size; row += 1) {
    let cosine = dot(unit, values, row * dimensions);
    cosine /= lengths[row]!;
    // Not where it is NaN: a vector of zeros is near to nothing.
    if (!(cosine > (found.length < count ? -Infinity : found[found.length - 1]!.cosine)) || left.has(row))
      continue;
    let place = found.length;
    while (place > 0 && found[place - 1]!.cosine < cosine) place -= 1;
    found.splice(place, 0, { row, cosine });
    if (found.length > count) found.pop();
  }
  return found.map(({ row, cosine }) => ({ word: words.word(row), cosine }));
}

/** Four sums at once, because each addition has to wait for the one before it. */
function dot(vector: Float64Array, values: Float32Array, start: number): number {
  const { length } = vector;
  const even = length - (length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let index = 0; index < even; index += 4) {
    const at = start + index;
    a += vector[index]! * values[at]!;
    b += vector[index + 1]! * values[at + 1]!;
    c += vector[index + 2]! * values[at + 2]!;
    d += vector[index + 3]! * values[at + 3]!;
  }
  for (let index = even; index < length; index += 1) a += vector[index]! * values[start + index]!;
  return a + b + (c + d);
}

/** A word's vector; it is an error when there is none. */
export function knownVector(words: WordTable, word: string): Float32Array {
  const vector = words.vector(word);
  if (vector === undefined) throw new RangeError(`there is no vector for the word ${JSON.stringify(word)}.`);
  return vector;
}

const lengthsOf = new WeakMap<WordTable, Float64Array>();

/** The lengths of all vectors, computed once a table. */
function rowLengths(words: WordTable): Float64Array {
  const known = lengthsOf.get(words);
  if (known) return known;
  const { dimensions, size, values } = words;
  const lengths = new Float64Array(size);
  for (let row = 0; row < size; row += 1) {
    let sum = 0;
    for (let at = row * dimensions; at < (row + 1) * dimensions; at += 1) sum += values[at]! * values[at]!;
    lengths[row] = Math.sqrt(sum);
  }
  lengthsOf.set(words, lengths);
  return lengths;
}
