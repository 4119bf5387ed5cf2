import { checkSizes, describe } from './check-sizes.js';
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
  rows.forEach((row: ArrayLike<number> | null | undefined, index) => {
    if (typeof row?.length === 'number') return;
    throw new TypeError(`rows[${index}] must be an array of numbers, and is ${describe(row)}`);
  });
  const dimensions = rows[0]?.length ?? 0;
  checkSizes({ classes: rows.length, dimensions });
  const values = new Float32Array(rows.length * dimensions);
  for (const [index, row] of rows.entries()) {
    if (row.length !== dimensions) {
      throw new RangeError(
        `rows[${index}] must have ${dimensions} numbers like rows[0], and has ${row.length}`,
      );
    }
    const { largest, length } = lengthOf(row, index);
    for (let axis = 0; axis < dimensions; axis += 1) {
      values[index * dimensions + axis] = row[axis]! / largest / length;
    }
  }
  return { classes: rows.length, dimensions, values, method: 'given' };
}

// Unlike Array.isArray, keeps the type of the elements.
function isArray(rows: readonly ArrayLike<number>[]): boolean {
  return Array.isArray(rows);
}

/** The largest number of a row, and the row's length in units of that: squares then neither overflow nor vanish. */
function lengthOf(row: ArrayLike<number>, index: number): { largest: number; length: number } {
  let largest = 0;
  for (let axis = 0; axis < row.length; axis += 1) {
    const number: unknown = row[axis];
    if (!Number.isFinite(number)) {
      throw new RangeError(`rows[${index}][${axis}] must be a finite number, and is ${describe(number)}`);
    }
    largest = Math.max(largest, Math.abs(number as number));
  }
  if (largest === 0) throw new RangeError(`rows[${index}] is zero, and a zero vector has no direction`);
  let square = 0;
  for (const number of Array.from(row)) square += (number / largest) ** 2;
  return { largest, length: Math.sqrt(square) };
}
