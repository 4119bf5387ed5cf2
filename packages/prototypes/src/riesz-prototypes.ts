import type { Breather } from './breather.js';
import { checkPositive } from './check-sizes.js';
import type { Objective } from './minimise.js';
import { createPairSweep } from './pair-sweep.js';
import type { Prototypes } from './prototypes.js';
import { spreadPoints, type SpreadOptions } from './spread-points.js';

/** Options of `rieszPrototypes`. */
export interface RieszOptions extends SpreadOptions {
  /** s: 1 for electric charges; the larger, the more the closest pair decides. Default 2. */
  readonly exponent?: number | undefined;
}

/**
 * Points that minimise the Riesz energy, `sum over pairs of 1 / |x_i - x_j|^s`: charges that repel each other (minimum
 * hyperspherical energy).
 *
 * @throws {RangeError} If a size, the seed, the restarts or the exponent is out of range.
 * @see Liu et al. 2018, "Learning towards Minimum Hyperspherical Energy".
 *
 * @example
 * await rieszPrototypes({ classes: 20, dimensions: 3, exponent: 1 }); // Thomson's problem
 */
export async function rieszPrototypes({ exponent = 2, ...options }: RieszOptions): Promise<Prototypes> {
  checkPositive('exponent', exponent);
  return spreadPoints(options, 'riesz', (breather) => {
    const objective = rieszObjective(options.classes, options.dimensions, exponent, breather);
    return () => [{ objective, steps: 1000 }];
  });
}

/** The logarithm of the Riesz energy, over s; its gradient does not explode where points meet. */
export function rieszObjective(
  classes: number,
  dimensions: number,
  exponent: number,
  breather: Breather,
): Objective {
  const pairs = createPairSweep(classes, dimensions, breather);
  return async (point, gradient) => {
    let sum = 0;
    pairs.reset(point);
    await pairs.sweep((cosines) => {
      for (let place = 0; place < 16; place += 1) {
        // A place that is no pair is infinitely far, and its energy 0.
        const square = Math.max(1e-15, 2 - 2 * cosines[place]!);
        const energy = Math.exp((-exponent / 2) * Math.log(square));
        sum += energy;
        cosines[place] = energy / square;
      }
      return true;
    });
    pairs.project(gradient, 1 / sum);
    return Math.log(sum) / exponent;
  };
}
