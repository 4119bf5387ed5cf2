import type { Prototypes } from './prototypes.js';
import { forEachPair } from './rows.js';
import { type SeparationBound, separationBound } from './separation-bound.js';
import { unitRows } from './unit-rows.js';

/** How far apart prototypes are, and how far apart they could be. */
export interface Separation extends SeparationBound {
  /** Largest cosine between two prototypes, in [-1, 1]; smaller is better. */
  readonly maxCosine: number;
  /** Mean over prototypes of the cosine to the nearest other one: what the paper minimises. */
  readonly meanNearestCosine: number;
  /** Mean cosine over all pairs. */
  readonly meanCosine: number;
  /** The angle that belongs to `maxCosine`. */
  readonly minAngleDegrees: number;
  /** `maxCosine - bound`: 0 is proven best. */
  readonly gap: number;
}

/**
 * Measures the separation of prototypes, in float64, beside the best proven bound for their sizes.
 *
 * @throws {RangeError} If `values` does not hold `classes` rows of `dimensions` finite numbers, none of them zero.
 * @see Mettes et al. 2019, "Hyperspherical Prototype Networks", Table 2, for 1 - cosine.
 *
 * @example
 * separation(simplexPrototypes({ classes: 4, dimensions: 3 })).minAngleDegrees; // 109.47
 */
export function separation({ classes, dimensions, values }: Prototypes): Separation {
  const bound = separationBound({ classes, dimensions });
  const rows = unitRows({ classes, dimensions, values });
  const nearest = new Float64Array(classes).fill(-1);
  let sum = 0;
  forEachPair(rows, dimensions, (i, j, cosine) => {
    sum += cosine;
    if (cosine > nearest[i]!) nearest[i] = cosine;
    if (cosine > nearest[j]!) nearest[j] = cosine;
  });
  const maxCosine = Math.min(
    1,
    nearest.reduce((left, right) => Math.max(left, right)),
  );
  return {
    maxCosine,
    meanNearestCosine: nearest.reduce((left, right) => left + right) / classes,
    meanCosine: (2 * sum) / (classes * (classes - 1)),
    minAngleDegrees: (Math.acos(maxCosine) * 180) / Math.PI,
    ...bound,
    gap: maxCosine - bound.bound,
  };
}
