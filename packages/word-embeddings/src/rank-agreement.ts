import { cosineMatrix } from './cosine-matrix.js';

/** How far two spaces agree on what is near to what. */
export interface RankAgreement {
  /**
   * The share of triplets (i, j, k) in which j is nearer to i than k is in both spaces or in neither. Triplets that tie in one space count half, those
   * that tie in the first are left out. 1 is perfect, 0.5 is chance.
   */
  readonly triplets: number;
  /** Spearman's correlation of the cosines of all pairs: 1 is perfect, 0 is chance; NaN where all pairs of a space are equally near. */
  readonly spearman: number;
}

/**
 * How far two spaces agree on what is near to what, by cosine: such as class prototypes and word vectors, or the vectors of two sources.
 * Costs `items^3 / 2` comparisons.
 *
 * @param first - One vector an item; the reference.
 * @param second - The same items in the same order, in any dimensions.
 * @throws {RangeError} When there are fewer than 3 items, not as many in both, or a vector is zero, not finite or of another length.
 *
 * @example
 * rankAgreement(gloveRows, fastTextRows); // { triplets: 0.81, spearman: 0.74 }
 */
export function rankAgreement(
  first: readonly ArrayLike<number>[],
  second: readonly ArrayLike<number>[],
): RankAgreement {
  if (first.length !== second.length || first.length < 3) {
    throw new RangeError(
      `both spaces must have the same items, at least 3, and have ${first.length} and ${second.length}.`,
    );
  }
  const [one, other] = [cosineMatrix(first), cosineMatrix(second)];
  return { triplets: tripletShare(one, other), spearman: correlation(pairRanks(one), pairRanks(other)) };
}

type Matrix = ReturnType<typeof cosineMatrix>;

function tripletShare({ size, values }: Matrix, { values: others }: Matrix): number {
  let right = 0;
  let total = 0;
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) {
      for (let k = 0; k < j; k += 1) {
        if (i === j || i === k) continue;
        const meant = values[i * size + j]! - values[i * size + k]!;
        if (meant === 0) continue;
        const found = others[i * size + j]! - others[i * size + k]!;
        total += 1;
        if (found === 0) right += 0.5;
        else if (found > 0 === meant > 0) right += 1;
      }
    }
  }
  return total === 0 ? Number.NaN : right / total;
}

/** The ranks of the cosines of all pairs; equals share the mean of theirs. */
function pairRanks({ size, values }: Matrix): Float64Array {
  const cosines: number[] = [];
  for (let i = 0; i < size; i += 1) for (let j = 0; j < i; j += 1) cosines.push(values[i * size + j]!);
  const order = cosines.map((_, index) => index).sort((a, b) => cosines[a]! - cosines[b]!);
  const ranks = new Float64Array(cosines.length);
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && cosines[order[end]!] === cosines[order[start]!]) end += 1;
    for (let place = start; place < end; place += 1) ranks[order[place]!] = (start + end - 1) / 2;
    start = end;
  }
  return ranks;
}

/** Pearson's correlation. */
function correlation(first: Float64Array, second: Float64Array): number {
  // Ranks always have this mean.
  const mean = (first.length - 1) / 2;
  let [both, one, other] = [0, 0, 0];
  for (let index = 0; index < first.length; index += 1) {
    const [a, b] = [first[index]! - mean, second[index]! - mean];
    both += a * b;
    one += a * a;
    other += b * b;
  }
  return both / Math.sqrt(one * other);
}
