import { checkSizes } from './check-sizes.js';
import type { Prototypes } from './prototypes.js';

/**
 * Class k on axis k, as in one-hot labels: every cosine is 0. The baseline of the paper's Table 1.
 *
 * @param options.classes - From 2 to `dimensions`.
 * @throws {RangeError} If there are more classes than dimensions.
 *
 * @example
 * oneHotPrototypes({ classes: 3, dimensions: 3 }); // the rows of the identity
 */
export function oneHotPrototypes({
  classes,
  dimensions,
}: {
  readonly classes: number;
  readonly dimensions: number;
}): Prototypes {
  checkSizes({ classes, dimensions });
  if (classes > dimensions) {
    throw new RangeError(
      `classes must be at most dimensions, ${dimensions}, for one-hot prototypes, and is ${classes}`,
    );
  }
  const values = new Float32Array(classes * dimensions);
  for (let row = 0; row < classes; row += 1) values[row * dimensions + row] = 1;
  return { classes, dimensions, values, method: 'one-hot' };
}
