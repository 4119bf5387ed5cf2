import { checkSizes } from './check-sizes.js';
import type { Prototypes } from './prototypes.js';

/**
 * The corners of a regular simplex: every two meet at the same cosine, `-1 / (classes - 1)`, the smallest that any
 * `classes` vectors can have. Axes beyond the first `classes - 1` stay 0.
 *
 * Corner i is 0 before axis i - of the axes a < i it takes `-r_a / (classes - a - 1)`, on axis i it takes `r_i` - where
 * `r_a` is the radius of the simplex that is left after a axes. Written in closed form, so that 10,000 classes lose no digits.
 *
 * @param options.classes - From 2 to `dimensions + 1`.
 * @throws {RangeError} If there are more than `dimensions + 1` classes.
 * @see Kasarla et al. 2022, "Maximum Class Separation as Inductive Bias in One Matrix".
 *
 * @example
 * simplexPrototypes({ classes: 3, dimensions: 2 }); // three directions in the plane, 120 degrees apart
 */
export function simplexPrototypes({
  classes,
  dimensions,
}: {
  readonly classes: number;
  readonly dimensions: number;
}): Prototypes {
  checkSizes({ classes, dimensions });
  if (classes > dimensions + 1) {
    throw new RangeError(
      `classes must be at most ${dimensions + 1} for a simplex in ${dimensions} dimensions, and is ${classes}`,
    );
  }
  const values = new Float32Array(classes * dimensions);
  for (let axis = 0; axis < classes - 1; axis += 1) {
    const others = classes - axis - 1;
    const radius = Math.sqrt(((classes / (classes - 1)) * others) / (others + 1));
    values[axis * dimensions + axis] = radius;
    for (let row = axis + 1; row < classes; row += 1) values[row * dimensions + axis] = -radius / others;
  }
  return { classes, dimensions, values, method: 'simplex' };
}
