import { checkSizes, describe } from './check-sizes.js';
import type { Prototypes } from './prototypes.js';

/** Prototypes as plain JSON data. Decimal digits keep float32 numbers exactly. */
export interface PrototypesJSON {
  readonly classes: number;
  readonly dimensions: number;
  readonly method: string;
  /** `[classes * dimensions]`, row-major. */
  readonly values: readonly number[];
}

/**
 * Prototypes as plain data for `JSON.stringify`.
 *
 * @example
 * JSON.stringify(prototypesToJSON(prototypes));
 */
export function prototypesToJSON({ classes, dimensions, method, values }: Prototypes): PrototypesJSON {
  return { classes, dimensions, method, values: Array.from(values) };
}

/**
 * Prototypes from what `prototypesToJSON` gave, bit for bit. Time and memory grow with the number of `values` alone, which the
 * sizes are checked against first; nothing nested is read.
 *
 * @throws {TypeError} If a field is missing or of another type.
 * @throws {RangeError} If sizes and values do not fit, a number is not finite, or a row is not of length 1.
 *
 * @example
 * prototypesFromJSON(JSON.parse(text));
 */
export function prototypesFromJSON(json: unknown): Prototypes {
  if (typeof json !== 'object' || json === null) {
    throw new TypeError(`prototypes must be an object, and are ${describe(json)}`);
  }
  const { classes, dimensions, method, values } = json as PrototypesJSON;
  checkSizes({ classes, dimensions });
  if (typeof method !== 'string') throw new TypeError(`method must be a string, and is ${describe(method)}`);
  if (!Array.isArray(values) && !ArrayBuffer.isView(values)) {
    throw new TypeError(`values must be an array of numbers, and are ${describe(values)}`);
  }
  // Before a copy is made: the sizes are claims.
  if (values.length !== classes * dimensions) {
    throw new RangeError(
      `values must hold ${classes} rows of ${dimensions}, ${classes * dimensions} numbers; it holds ${values.length}`,
    );
  }
  for (let index = 0; index < values.length; index += 1) {
    const value: unknown = values[index];
    if (Number.isFinite(value)) continue;
    const [row, axis] = [Math.floor(index / dimensions), index % dimensions];
    const sentence = `row ${row} of values must hold finite numbers, and holds ${describe(value)} at ${axis}`;
    throw typeof value === 'number' ? new RangeError(sentence) : new TypeError(sentence);
  }
  const floats = Float32Array.from(values as readonly number[]);
  for (let row = 0; row < classes; row += 1) {
    let square = 0;
    for (let axis = 0; axis < dimensions; axis += 1) square += floats[row * dimensions + axis]! ** 2;
    if (!(Math.abs(square - 1) < 1e-4)) {
      throw new RangeError(`row ${row} of values must have length 1, and has ${Math.sqrt(square)}`);
    }
  }
  return { classes, dimensions, values: floats, method };
}
