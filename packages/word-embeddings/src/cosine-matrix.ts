/** All cosines between vectors. */
export interface CosineMatrix {
  readonly size: number;
  /** `[size, size]`, row-major, symmetric; 1 on the diagonal. */
  readonly values: Float64Array;
}

/**
 * The cosine of the angle between every two vectors.
 *
 * @param rows - Vectors of equal length, such as `classVectors(...).rows`.
 * @throws {RangeError} When one has another length than the first, or is zero or not finite.
 *
 * @example
 * cosineMatrix([[1, 0], [1, 1]]).values; // Float64Array [1, 0.707, 0.707, 1]
 */
export function cosineMatrix(rows: readonly ArrayLike<number>[]): CosineMatrix {
  const units = rows.map((row, index) => unit(row, rows[0]!.length, index));
  const size = rows.length;
  const values = new Float64Array(size * size);
  for (const [i, first] of units.entries()) {
    values[i * size + i] = 1;
    for (let j = 0; j < i; j += 1) {
      const second = units[j]!;
      let cosine = 0;
      for (let index = 0; index < first.length; index += 1) cosine += first[index]! * second[index]!;
      values[i * size + j] = values[j * size + i] = Math.max(-1, Math.min(1, cosine));
    }
  }
  return { size, values };
}

/** A vector in float64, divided by its length. */
function unit(row: ArrayLike<number>, dimensions: number, index: number): Float64Array {
  if (row.length !== dimensions || dimensions === 0) {
    throw new RangeError(
      `row ${index} has ${row.length} numbers; all must have as many as the first, and at least 1.`,
    );
  }
  const values = Float64Array.from(row);
  const length = Math.hypot(...values);
  if (!(length > 0 && Number.isFinite(length))) {
    throw new RangeError(`row ${index} is zero or not finite, and has no direction.`);
  }
  return values.map((value) => value / length);
}
