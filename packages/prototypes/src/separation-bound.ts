import { checkSizes } from './check-sizes.js';
import { knownOptima } from './known-optima.js';
import { levenshteinBound } from './levenshtein-bound.js';

/** A proven lower bound on the largest cosine, and whose it is. */
export interface SeparationBound {
  /** No arrangement has a smaller largest cosine. */
  readonly bound: number;
  /**
   * `circle`, `simplex`, `orthoplex` and `known-optimum` are reached by some arrangement; `fejes-toth` and `levenshtein` by
   * few.
   */
  readonly boundName:
    | 'circle'
    | 'simplex'
    | 'orthoplex'
    | 'known-optimum'
    | 'fejes-toth'
    | 'mutually-unbiased-bases'
    | 'levenshtein';
}

/**
 * The best proven lower bound on the largest cosine among `classes` unit vectors in `dimensions` dimensions: exact for the
 * circle, the simplex, the orthoplex and other solved cases; elsewhere the larger of Levenshtein's bound, Fejes Toth's in 3
 * dimensions, and the optimum of any smaller number of points that is solved.
 *
 * @throws {RangeError} If a size is not an integer in range.
 * @see Rankin 1955; Fejes Toth 1943; Levenshtein 1998.
 *
 * @example
 * separationBound({ classes: 100, dimensions: 100 }); // { bound: -1 / 99, boundName: 'simplex' }
 */
export function separationBound({
  classes,
  dimensions,
}: {
  readonly classes: number;
  readonly dimensions: number;
}): SeparationBound {
  checkSizes({ classes, dimensions });
  if (dimensions === 2) return { bound: Math.cos((2 * Math.PI) / classes), boundName: 'circle' };
  if (classes <= dimensions + 1) return { bound: -1 / (classes - 1), boundName: 'simplex' };
  if (classes <= 2 * dimensions) return { bound: 0, boundName: 'orthoplex' };
  const bounds: SeparationBound[] = [
    { bound: levenshteinBound({ classes, dimensions }), boundName: 'levenshtein' },
  ];
  if (dimensions === 3) bounds.push({ bound: fejesTothBound(classes), boundName: 'fejes-toth' });
  for (const solved of knownOptima) {
    if (solved.dimensions === dimensions && solved.classes <= classes) {
      bounds.push({ bound: solved.maxCosine, boundName: 'known-optimum' });
    }
  }
  if (Number.isInteger(Math.log2(dimensions) / 2) && classes >= dimensions * (dimensions + 2)) {
    bounds.push({ bound: 1 / Math.sqrt(dimensions), boundName: 'mutually-unbiased-bases' });
  }
  // A tie within rounding goes to the first named.
  return bounds.reduce((best, other) => (other.bound > best.bound + 1e-12 ? other : best));
}

/** On the sphere in 3 dimensions: exact for 3, 4, 6 and 12 points. */
function fejesTothBound(classes: number): number {
  const angle = ((classes / (classes - 2)) * Math.PI) / 6;
  return (1 / Math.tan(angle) ** 2 - 1) / 2;
}
