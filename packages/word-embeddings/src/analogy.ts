import { knownVector, nearestWords, type WordNeighbour } from './nearest-words.js';
import type { WordTable } from './word-vectors.js';

/** The terms of an analogy. */
export interface AnalogyOptions {
  /** Words whose unit vectors are added. */
  readonly positive: readonly string[];
  /** Words whose unit vectors are subtracted. Default none. */
  readonly negative?: readonly string[];
  /** How many answers. Default 10. */
  readonly count?: number;
}

/**
 * The words nearest to a sum of words: `king - man + woman`. Every term is scaled to unit length first, and the terms themselves are no answers.
 *
 * @throws {RangeError} When a word is unknown, there is none, or they cancel out.
 * @see Mikolov, Yih & Zweig 2013, "Linguistic Regularities in Continuous Space Word Representations" (3CosAdd).
 *
 * @example
 * analogy(words, { positive: ['king', 'woman'], negative: ['man'], count: 1 }); // [{ word: 'queen', cosine: 0.77 }]
 */
export function analogy(
  words: WordTable,
  { positive, negative = [], count = 10 }: AnalogyOptions,
): WordNeighbour[] {
  const terms = [
    ...positive.map((word) => [word, 1] as const),
    ...negative.map((word) => [word, -1] as const),
  ];
  const sum = new Float64Array(words.dimensions);
  for (const [word, sign] of terms) {
    const vector = knownVector(words, word);
    const length = Math.hypot(...vector);
    for (const [index, value] of vector.entries()) sum[index] = sum[index]! + (sign * value) / length;
  }
  return nearestWords(words, sum, { count, exclude: terms.map(([word]) => word) });
}
