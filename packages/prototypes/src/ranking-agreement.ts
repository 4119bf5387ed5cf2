import type { Breather } from './breather.js';
import type { Prototypes } from './prototypes.js';
import { prototypesFromVectors } from './prototypes-from-vectors.js';
import { cosineMatrix, normaliseRows } from './rows.js';
import { unitRows } from './unit-rows.js';

/**
 * How well the neighbourhood of classes agrees with their meaning: the share of class triplets (i, j, k) in which the prototype of j is
 * closer to that of i than the one of k is, exactly where the vector of j is closer to that of i. Triplets whose vectors tie are left out,
 * and prototypes that tie agree by half. 1 is perfect, 0.5 is chance.
 *
 * @param wordVectors - One row a class, such as the word vectors of the class names.
 * @throws {RangeError} If there is not one finite, non-zero row of equal length for every class.
 * @see Mettes et al. 2019, "Hyperspherical Prototype Networks", section 2.1, prototypes with privileged information.
 *
 * @example
 * rankingAgreement(prototypes, wordVectors); // 0.87
 */
export function rankingAgreement(prototypes: Prototypes, wordVectors: readonly ArrayLike<number>[]): number {
  const { classes, dimensions } = prototypes;
  const cosines = cosineMatrix(unitRows(prototypes), dimensions);
  const similarity = wordSimilarity(wordVectors, classes);
  const counts = { right: 0, total: 0 };
  for (let anchor = 0; anchor < classes; anchor += 1) {
    countTriplets(counts, cosines, similarity, classes, anchor);
  }
  return share(counts);
}

/** The same of a similarity that is known, letting timers and an abort through. */
export async function rankingAgreementBreathing(
  { classes, dimensions, ...prototypes }: Prototypes,
  similarity: Float64Array,
  breather: Breather,
): Promise<number> {
  const cosines = cosineMatrix(unitRows({ ...prototypes, classes, dimensions }), dimensions);
  const counts = { right: 0, total: 0 };
  for (let anchor = 0; anchor < classes; anchor += 1) {
    if (breather.due()) await breather.breathe();
    countTriplets(counts, cosines, similarity, classes, anchor);
  }
  return share(counts);
}

/** Cosines between word vectors, `[classes, classes]`. */
export function wordSimilarity(wordVectors: readonly ArrayLike<number>[], classes?: number): Float64Array {
  const words = prototypesFromVectors(wordVectors);
  if (classes !== undefined && words.classes !== classes) {
    throw new RangeError(
      `wordVectors must have one row for each of ${classes} classes, and have ${words.classes}`,
    );
  }
  const rows = Float64Array.from(words.values);
  normaliseRows(rows, words.dimensions);
  return cosineMatrix(rows, words.dimensions);
}

interface Counts {
  right: number;
  total: number;
}

function share({ right, total }: Counts): number {
  return total === 0 ? 1 : right / total;
}

/** Counts the triplets seen from class i, and which of them are in the right order. */
function countTriplets(
  counts: Counts,
  cosines: Float64Array,
  similarity: Float64Array,
  classes: number,
  i: number,
): void {
  const row = i * classes;
  for (let j = 0; j < classes; j += 1) {
    if (j === i) continue;
    for (let k = 0; k < j; k += 1) {
      if (k === i) continue;
      const meant = similarity[row + j]! - similarity[row + k]!;
      if (meant === 0) continue;
      const found = cosines[row + j]! - cosines[row + k]!;
      counts.total += 1;
      if (found === 0) counts.right += 0.5;
      else if (found > 0 === meant > 0) counts.right += 1;
    }
  }
}
