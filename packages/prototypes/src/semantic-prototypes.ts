import { createBreather, type Breather } from './breather.js';
import { checkSizes } from './check-sizes.js';
import type { Objective } from './minimise.js';
import { createPairSweep } from './pair-sweep.js';
import type { RunOptions } from './progress.js';
import type { Prototypes } from './prototypes.js';
import { rankingAgreementBreathing, wordSimilarity } from './ranking-agreement.js';
import { rankClasses, rankingLoss, type Ranking } from './ranking-loss.js';
import { separation, type Separation } from './separation.js';
import { spreadPoints } from './spread-points.js';

/** Options of `semanticPrototypes`. */
export interface SemanticPrototypesOptions extends RunOptions {
  /** One row a class, of any length and any dimensions: what the classes mean, such as word vectors of their names. */
  readonly wordVectors: readonly ArrayLike<number>[];
  /** Of the prototypes, at least 2. */
  readonly dimensions: number;
  /** How much each part of the loss counts. Default 1 and 1, as in the paper. */
  readonly weights?: { readonly ranking?: number; readonly separation?: number } | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
  /** How many random starts to take the best of. Default 1. */
  readonly restarts?: number | undefined;
}

/** Prototypes, how far apart they are, and how well they agree with the word vectors. */
export interface SemanticPrototypes {
  readonly prototypes: Prototypes;
  /** Share of class triplets in the right order; see `rankingAgreement`. */
  readonly rankingAgreement: number;
  readonly separation: Separation;
}

/**
 * Prototypes with privileged information: far apart, and classes of similar meaning closer than others. Minimises
 * `ranking * L_PI + separation * L_HP`: RankNet over all class triplets, and the mean over classes of the cosine to the nearest other
 * one (its maximum smoothed by log-sum-exp, sharper in a second stage), by L-BFGS.
 *
 * Its cost is `classes^3 / 2` divisions a step, its memory a few `[classes, classes]` matrices: triplets are never listed.
 *
 * @throws {RangeError} If a word vector is zero or not finite, or a size, a weight or the seed is out of range.
 * @see Mettes et al. 2019, "Hyperspherical Prototype Networks", section 2.1.
 *
 * @example
 * const { prototypes, rankingAgreement } = await semanticPrototypes({ wordVectors, dimensions: 5 });
 */
export async function semanticPrototypes({
  wordVectors,
  dimensions,
  weights: { ranking = 1, separation: apart = 1 } = {},
  seed = 0,
  restarts = 1,
  signal,
  onProgress,
}: SemanticPrototypesOptions): Promise<SemanticPrototypes> {
  signal?.throwIfAborted();
  const similarity = wordSimilarity(wordVectors);
  const classes = wordVectors.length;
  checkSizes({ classes, dimensions });
  for (const [name, weight] of Object.entries({ ranking, separation: apart })) {
    if (!(Number.isFinite(weight) && weight >= 0)) {
      throw new RangeError(`weights.${name} must be finite and at least 0, and is ${weight}`);
    }
  }
  if (ranking + apart === 0) throw new RangeError('one of the weights must be above 0, and both are 0');
  if (classes < 3)
    throw new RangeError(`wordVectors must have at least 3 rows to be ranked, and have ${classes}`);
  const ranks = await rankClasses(similarity, classes, createBreather(signal));
  const prototypes = await spreadPoints(
    { classes, dimensions, seed, restarts, signal, onProgress },
    'semantic',
    (breather) => {
      const stages = [30, 300].map((sharpness) => ({
        objective: semanticObjective(ranks, dimensions, { ranking, separation: apart, sharpness }, breather),
        steps: 200,
      }));
      return () => stages;
    },
  );
  return {
    prototypes,
    rankingAgreement: await rankingAgreementBreathing(prototypes, similarity, createBreather(signal)),
    separation: separation(prototypes),
  };
}

/** The loss over rows that are normalised inside, with the maxima smoothed. */
export function semanticObjective(
  ranks: Ranking,
  dimensions: number,
  { ranking, separation: apart, sharpness }: { ranking: number; separation: number; sharpness: number },
  breather: Breather,
): Objective {
  const { classes } = ranks;
  const pairs = createPairSweep(classes, dimensions, breather);
  const cosines = new Float64Array(classes * classes);
  const slopes = new Float64Array(classes * classes);
  let [row, column] = [0, 0];
  return async (point, gradient) => {
    pairs.reset(point);
    slopes.fill(0);
    await pairs.sweep(
      () => false,
      (i, j, block) => {
        for (const [place, cosine] of block.entries()) {
          const [a, b] = [i + (place >> 2), j + (place & 3)];
          if (cosine !== -Infinity) cosines[a * classes + b] = cosines[b * classes + a] = cosine;
        }
      },
    );
    let value = apart * meanNearest(cosines, slopes, classes, sharpness, apart);
    if (ranking > 0) value += ranking * (await rankingLoss(ranks, cosines, slopes, ranking, breather));
    await pairs.sweep(
      (block) => {
        for (const place of block.keys()) {
          const [a, b] = [row + (place >> 2), column + (place & 3)];
          // A pair counts from both sides.
          if (block[place] !== -Infinity) block[place] = slopes[a * classes + b]! + slopes[b * classes + a]!;
          else block[place] = 0;
        }
        return true;
      },
      (i, j) => ([row, column] = [i, j]),
    );
    pairs.project(gradient, 1);
    return value;
  };
}

/** The mean over rows of `log(sum over others of exp(b cos)) / b`; adds `scale` times its derivative to `slopes`. */
function meanNearest(
  cosines: Float64Array,
  slopes: Float64Array,
  classes: number,
  sharpness: number,
  scale: number,
): number {
  let total = 0;
  for (let i = 0; i < classes; i += 1) {
    const start = i * classes;
    let largest = -1;
    for (let j = 0; j < classes; j += 1) if (j !== i) largest = Math.max(largest, cosines[start + j]!);
    let sum = 0;
    for (let j = 0; j < classes; j += 1) {
      if (j !== i) sum += Math.exp(sharpness * (cosines[start + j]! - largest));
    }
    total += largest + Math.log(sum) / sharpness;
    for (let j = 0; j < classes; j += 1) {
      const share = Math.exp(sharpness * (cosines[start + j]! - largest)) / sum;
      if (j !== i) slopes[start + j]! += (scale * share) / classes;
    }
  }
  return total / classes;
}
