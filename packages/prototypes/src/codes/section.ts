/**
 * A section of a code: the rows at one cosine from a direction, seen from it. They are projected on the space across the direction,
 * which has one dimension less, and scaled to length 1. Of a code with largest cosine s, the section at s round one of its points has
 * largest cosine `s / (1 + s)`.
 */
export function section(
  rows: Float64Array,
  dimensions: number,
  direction: Float64Array,
  cosine: number,
): Float64Array {
  const length = Math.hypot(...direction);
  const axis = Array.from(direction, (value) => value / length);
  // The reflection that swaps the direction and the last axis; the direction itself must not be that axis.
  const normal = axis.map((value, index) => (index === dimensions - 1 ? value - 1 : value));
  const square = normal.reduce((sum, value) => sum + value * value, 0);
  const across = 1 / Math.sqrt(1 - cosine * cosine);
  const result: number[] = [];
  for (let start = 0; start < rows.length; start += dimensions) {
    let along = 0;
    let mirrored = 0;
    for (let index = 0; index < dimensions; index += 1) {
      along += rows[start + index]! * axis[index]!;
      mirrored += rows[start + index]! * normal[index]!;
    }
    if (Math.abs(along - cosine) > 1e-9) continue;
    const factor = square > 1e-12 ? (2 * mirrored) / square : 0;
    for (let index = 0; index < dimensions - 1; index += 1) {
      result.push((rows[start + index]! - factor * normal[index]!) * across);
    }
  }
  return Float64Array.from(result);
}

/** The section round the first row, at the code's largest cosine. */
export function neighbours(rows: Float64Array, dimensions: number, maxCosine: number): Float64Array {
  return section(rows, dimensions, rows.slice(0, dimensions), maxCosine);
}
