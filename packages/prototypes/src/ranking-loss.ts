import type { Breather } from './breather.js';

// Each factor of a product is at most 1 + e^2, so that this many stay below the largest number.
const factorsPerLogarithm = 256;

/** Which classes are more alike than which, from each class's point of view. */
export interface Ranking {
  readonly classes: number;
  /** `[classes, classes - 1]`: for each anchor the other classes, the most similar first. */
  readonly order: Int32Array;
  /** Laid out like `order`: the place after the last class that is exactly as similar. */
  readonly tieEnds: Int32Array;
}

/** Ranks all classes from each one's point of view by `similarity`, `[classes, classes]`. */
export async function rankClasses(
  similarity: Float64Array,
  classes: number,
  breather: Breather,
): Promise<Ranking> {
  const others = classes - 1;
  const order = new Int32Array(classes * others);
  const tieEnds = new Int32Array(classes * others);
  for (let anchor = 0; anchor < classes; anchor += 1) {
    if (breather.due()) await breather.breathe();
    const at = (other: number) => similarity[anchor * classes + other]!;
    const sorted = Array.from({ length: classes }, (_, other) => other)
      .filter((other) => other !== anchor)
      .sort((left, right) => at(right) - at(left) || left - right);
    order.set(sorted, anchor * others);
    let end = others;
    for (let place = others - 1; place >= 0; place -= 1) {
      if (place + 1 < others && at(sorted[place]!) !== at(sorted[place + 1]!)) end = place + 1;
      tieEnds[anchor * others + place] = end;
    }
  }
  return { classes, order, tieEnds };
}

/**
 * The paper's loss for privileged information, RankNet over all ordered triplets of different classes (i, j, k): the mean of
 * `log(1 + exp(-(c_ij - c_ik)))` where j is more similar to i than k is, the same with c_ij and c_ik exchanged where k is, and the sum of
 * both where they tie. Adds `scale` times its derivative by each cosine c_ij, seen from i, to `gradient`, `[classes, classes]`.
 *
 * There is no list of triplets: with `e_j = exp(c_ij)` a triplet costs one division, and logarithms are taken of products of many.
 *
 * @see Mettes et al. 2019, "Hyperspherical Prototype Networks", equations 2 to 4; Burges et al. 2005, "Learning to rank using gradient descent".
 */
export async function rankingLoss(
  { classes, order, tieEnds }: Ranking,
  cosines: Float64Array,
  gradient: Float64Array,
  scale: number,
  breather: Breather,
): Promise<number> {
  const others = classes - 1;
  const triplets = classes * others * (others - 1);
  // Each pair (j, k) stands for the two triplets (i, j, k) and (i, k, j), which lose alike.
  const share = (2 * scale) / triplets;
  const exponentials = new Float64Array(others);
  const slopes = new Float64Array(others);
  let sum = 0;
  for (let anchor = 0; anchor < classes; anchor += 1) {
    if (breather.due()) await breather.breathe();
    const start = anchor * others;
    for (let place = 0; place < others; place += 1) {
      exponentials[place] = Math.exp(cosines[anchor * classes + order[start + place]!]!);
    }
    slopes.fill(0);
    sum += anchorLoss(exponentials, slopes, tieEnds.subarray(start, start + others));
    for (let place = 0; place < others; place += 1) {
      gradient[anchor * classes + order[start + place]!]! += share * slopes[place]!;
    }
  }
  return (2 * sum) / triplets;
}

/** The sum over places a < b, the better one first, and its derivatives by the cosines. */
function anchorLoss(exponentials: Float64Array, slopes: Float64Array, tieEnds: Int32Array): number {
  const count = exponentials.length;
  let sum = 0;
  for (let better = 0; better < count; better += 1) {
    const high = exponentials[better]!;
    const inverse = 1 / high;
    let slope = 0;
    let worse = better + 1;
    for (; worse < tieEnds[better]!; worse += 1) {
      // A tie counts both ways round, half each: 1/2 softplus(x) + 1/2 softplus(-x), twice.
      const low = exponentials[worse]!;
      const part = low / (high + low) - 0.5;
      sum += (Math.log(1 + low / high) + Math.log(1 + high / low)) / 2;
      slope += part;
      slopes[worse]! += part;
    }
    while (worse < count) {
      const end = Math.min(count, worse + factorsPerLogarithm);
      let product = 1;
      for (; worse < end; worse += 1) {
        const low = exponentials[worse]!;
        const part = low / (high + low);
        product *= 1 + low * inverse;
        slope += part;
        slopes[worse]! += part;
      }
      sum += Math.log(product);
    }
    slopes[better]! -= slope;
  }
  return sum;
}
