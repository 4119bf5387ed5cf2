import { checkSizes } from './check-sizes.js';
import type { Prototypes } from './prototypes.js';

/**
 * Points evenly spaced on the circle, `2 pi / classes` apart: the best that 2 dimensions allow.
 * The largest cosine is `cos(2 pi / classes)`.
 *
 * @throws {RangeError} If `classes` is not an integer of at least 2.
 * @see Mettes et al. 2019, "Hyperspherical Prototype Networks", section 2.1.
 *
 * @example
 * circlePrototypes({ classes: 4 }); // (1, 0), (0, 1), (-1, 0), (0, -1)
 */
export function circlePrototypes({ classes }: { readonly classes: number }): Prototypes {
  checkSizes({ classes, dimensions: 2 });
  const values = new Float32Array(2 * classes);
  for (let row = 0; row < classes; row += 1) {
    const angle = (2 * Math.PI * row) / classes;
    values[2 * row] = Math.cos(angle);
    values[2 * row + 1] = Math.sin(angle);
  }
  return { classes, dimensions: 2, values, method: 'circle' };
}
