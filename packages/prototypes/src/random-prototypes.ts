import { checkSizes } from './check-sizes.js';
import type { Prototypes } from './prototypes.js';
import { randomGenerator } from './random-generator.js';
import { randomRows } from './random-rows.js';

/**
 * Directions drawn uniformly from the sphere: the baseline that every other method must beat.
 *
 * @param options.seed - Default 0.
 * @throws {RangeError} If the sizes are no integers, or too small.
 *
 * @example
 * randomPrototypes({ classes: 100, dimensions: 25, seed: 1 });
 */
export function randomPrototypes({
  classes,
  dimensions,
  seed = 0,
}: {
  readonly classes: number;
  readonly dimensions: number;
  readonly seed?: number;
}): Prototypes {
  checkSizes({ classes, dimensions });
  const values = Float32Array.from(randomRows(randomGenerator(seed), classes, dimensions));
  return { classes, dimensions, values, method: 'random' };
}
