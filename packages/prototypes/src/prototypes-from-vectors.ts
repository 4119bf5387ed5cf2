import { checkSizes } from './check-sizes.js';
import type { Prototypes } from './prototypes.js';

/**
 * Prototypes from any vectors, one row a class: each row is divided by its length.
 *
 * @param rows - One array of numbers per class, all of the same length.
 * @returns Prototypes whose method is `given`.
 * @throws {RangeError} If a row is zero, holds a number that is not finite, or has another length than the first.
 *
 * @example
 * prototypesFromVectors([[3, 4], [0, -2]]); // (0.6, 0.8), (0, -1)
 */
export function prototypesFromVectors(rows: readonly ArrayLike<number>[]): Prototypes {
  if (!isArray(rows)) throw new TypeError('rows must be an array with one array of numbers per class');
  const dimensions = rows[0]?.length ?? 0;
  checkSizes({ classes: rows.length, dimensions });
  const values = new Float32Array(rows.length * dimensions);
  for (const [index, row] of rows.entries()) {
    if (row.length !== dimensions) {
      throw new RangeError(
        `rows[${index}] must have ${dimensions} numbers like rows[0], and has ${row.length}`,
      );
    }
    const scale = 1 / lengthOf(row, index);
    for (let axis = 0; axis < dimensions; axis += 1) values[index * dimensions + axis] = row[axis]! * scale;
  }
  return { classes: rows.length, dimensions, values, method: 'given' };
}

// Unlike Array.isArray, keeps the type of the elements.
function isArray(rows: readonly ArrayLike<number>[]): boolean {
  return Array.isArray(rows);
}

function lengthOf(row: ArrayLike<number>, index: number): number {
  const numbers = Array.from(row);
  const bad = numbers.findIndex((number) => !Number.isFinite(number));
  if (bad >= 0)
    throw new RangeError(`rows[${index}][${bad}] must be a finite number, and is ${numbers[bad]}`);
  const length = Math.hypot(...numbers);
  if (length === 0) throw new RangeError(`rows[${index}] is zero, and a zero vector has no direction`);
  return length;
}
