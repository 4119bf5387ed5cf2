import { checkSizes } from './check-sizes.js';
import type { Prototypes } from './prototypes.js';

/**
 * Axes first, then their opposites: corners of the orthoplex (cross-polytope). The largest cosine is 0, which is the best
 * for `dimensions + 1 < classes <= 2 dimensions`. Class `k + dimensions` is the antipode of class k.
 *
 * @param options.classes - From 2 to `2 dimensions`.
 * @throws {RangeError} If there are more than `2 dimensions` classes.
 * @see Rankin 1955, "The closest packing of spherical caps in n dimensions".
 *
 * @example
 * orthoplexPrototypes({ classes: 6, dimensions: 3 }); // the corners of the octahedron
 */
export function orthoplexPrototypes({
  classes,
  dimensions,
}: {
  readonly classes: number;
  readonly dimensions: number;
}): Prototypes {
  checkSizes({ classes, dimensions });
  if (classes > 2 * dimensions) {
    throw new RangeError(
      `classes must be at most ${2 * dimensions} for an orthoplex in ${dimensions} dimensions, and is ${classes}`,
    );
  }
  const values = new Float32Array(classes * dimensions);
  for (let row = 0; row < classes; row += 1) {
    values[row * dimensions + (row % dimensions)] = row < dimensions ? 1 : -1;
  }
  return { classes, dimensions, values, method: 'orthoplex' };
}
