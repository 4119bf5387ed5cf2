import { checkPositive } from './check-sizes.js';
import { logSumExpObjective } from './log-sum-exp-objective.js';
import type { Prototypes } from './prototypes.js';
import { spreadPoints, type SpreadOptions } from './spread-points.js';

/** Options of `uniformityPrototypes`. */
export interface UniformityOptions extends SpreadOptions {
  /** How fast the energy of a pair falls with its distance. Default 2, as in the paper. */
  readonly t?: number | undefined;
}

/**
 * Points that minimise the uniformity loss, `log mean over pairs of exp(-t |x_i - x_j|^2)`: evenly spread over the sphere, where
 * `log-sum-exp` cares for the closest pair only. On the sphere this is the log-sum-exp of cosines with b = 2 t.
 *
 * @throws {RangeError} If a size, the seed, the restarts or `t` is out of range.
 * @see Wang & Isola 2020, "Understanding Contrastive Representation Learning through Alignment and Uniformity on the Hypersphere".
 *
 * @example
 * await uniformityPrototypes({ classes: 100, dimensions: 10, t: 2 });
 */
export async function uniformityPrototypes({ t = 2, ...options }: UniformityOptions): Promise<Prototypes> {
  checkPositive('t', t);
  return spreadPoints(options, 'uniformity', (breather) => {
    const objective = logSumExpObjective(options.classes, options.dimensions, breather)(2 * t);
    return () => [{ objective, steps: 1000 }];
  });
}
