import type { Prototypes } from '@hyperspherical/prototypes';

/** How far from 1 the length of a prototype may be. */
const lengthTolerance = 1e-3;

/**
 * Throws a RangeError unless `prototypes` are at least two different unit rows of finite numbers. Reads host memory
 * only, once for each head.
 */
export function checkPrototypes({ classes, dimensions, values }: Prototypes): void {
  for (const [name, size, least] of [
    ['classes', classes, 2],
    ['dimensions', dimensions, 1],
  ] as const) {
    if (!Number.isInteger(size) || size < least) {
      throw new RangeError(`prototypes.${name} must be an integer of at least ${least}, and is ${size}`);
    }
  }
  if (values.length !== classes * dimensions) {
    throw new RangeError(
      `prototypes.values must hold ${classes} rows of ${dimensions}, ${classes * dimensions} numbers; it holds ${values.length}`,
    );
  }
  const classOfRow = new Map<string, number>();
  for (let row = 0; row < classes; row++) {
    const prototype = values.subarray(row * dimensions, (row + 1) * dimensions);
    const length = Math.hypot(...prototype);
    if (!(Math.abs(length - 1) <= lengthTolerance)) {
      throw new RangeError(
        `prototype ${row} has length ${length}, and must have 1; prototypesFromVectors normalises rows`,
      );
    }
    const key = prototype.map((value) => Math.round(value * 1e5) + 0).join();
    const twin = classOfRow.get(key);
    if (twin !== undefined) {
      throw new RangeError(
        `prototypes ${twin} and ${row} are the same, so their classes cannot be told apart`,
      );
    }
    classOfRow.set(key, row);
  }
}
