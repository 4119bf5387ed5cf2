import { checkInteger } from './check-sizes.js';

/** A pair of opposite poles for every regression target. */
export interface RegressionPoles {
  /** How many targets, T. */
  readonly targets: number;
  readonly dimensions: number;
  /** `[targets, dimensions]`, row-major: where each target's upper bound lies. */
  readonly upper: Float32Array;
  /** `[targets, dimensions]`, row-major: where each target's lower bound lies, `-upper`. */
  readonly lower: Float32Array;
}

/**
 * Poles for regression on the sphere: target t's bounds lie at the two ends of axis t. The axes are orthogonal, so
 * that several targets do not disturb each other.
 *
 * @param dimensions - Of the network's output, at least 1.
 * @param options.targets - How many targets, at most `dimensions`; default 1.
 * @throws {RangeError} If there are more targets than dimensions.
 * @see Mettes et al. 2019, "Hyperspherical Prototype Networks", section 2.2.
 *
 * @example
 * regressionPoles(3).upper; // (1, 0, 0)
 */
export function regressionPoles(
  dimensions: number,
  { targets = 1 }: { readonly targets?: number } = {},
): RegressionPoles {
  checkInteger('dimensions', dimensions, 1);
  checkInteger('targets', targets, 1);
  if (targets > dimensions) {
    throw new RangeError(`targets must be at most dimensions, ${dimensions}, and is ${targets}`);
  }
  const upper = new Float32Array(targets * dimensions);
  const lower = new Float32Array(targets * dimensions);
  for (let target = 0; target < targets; target += 1) {
    upper[target * dimensions + target] = 1;
    lower[target * dimensions + target] = -1;
  }
  return { targets, dimensions, upper, lower };
}
