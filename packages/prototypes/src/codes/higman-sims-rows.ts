import { golayCode, weight } from './golay-code.js';

/**
 * 100 points in 22 dimensions with cosines 1/11 and -4/11: the vertices of the Higman-Sims graph, at -4/11 where they are adjacent.
 * The graph: a point at infinity, 22 points, and 77 hexads (Golay octads through two fixed places, without these); infinity is adjacent
 * to the points, a point to its hexads, and a hexad to the hexads that it does not meet.
 *
 * @see Higman & Sims 1968; Delsarte, Goethals & Seidel 1977, "Spherical codes and designs".
 */
export function higmanSimsRows(): Float64Array {
  const hexads = golayCode()
    .filter((word) => weight(word) === 8 && (word & 3) === 3)
    .map((word) => word >> 2);
  const adjacent = (i: number, j: number): boolean => {
    const [low, high] = i < j ? [i, j] : [j, i];
    if (low === 0) return high <= 22;
    if (high <= 22) return false;
    const hexad = hexads[high - 23]!;
    return low <= 22 ? ((hexad >> (low - 1)) & 1) === 1 : (hexad & hexads[low - 23]!) === 0;
  };
  const classes = 1 + 22 + hexads.length;
  return rowsFromCosines(classes, 22, (i, j) => (i === j ? 1 : adjacent(i, j) ? -4 / 11 : 1 / 11));
}

/** Coordinates from cosines, by Cholesky's decomposition with the largest pivot first. */
function rowsFromCosines(
  classes: number,
  dimensions: number,
  cosine: (i: number, j: number) => number,
): Float64Array {
  const rows = new Float64Array(classes * dimensions);
  const left = new Float64Array(classes).fill(1);
  for (let axis = 0; axis < dimensions; axis += 1) {
    let pivot = 0;
    for (let row = 0; row < classes; row += 1) if (left[row]! > left[pivot]! + 1e-9) pivot = row;
    const length = Math.sqrt(left[pivot]!);
    for (let row = 0; row < classes; row += 1) {
      let rest = cosine(row, pivot);
      for (let index = 0; index < axis; index += 1) {
        rest -= rows[row * dimensions + index]! * rows[pivot * dimensions + index]!;
      }
      rows[row * dimensions + axis] = rest / length;
      left[row]! -= (rest / length) ** 2;
    }
  }
  return rows;
}
