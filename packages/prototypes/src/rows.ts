import type { Breather } from './breather.js';

/** Scales every row of `rows`, `[any, dimensions]`, to length 1, in place. */
export function normaliseRows(rows: Float64Array, dimensions: number): void {
  for (let start = 0; start < rows.length; start += dimensions) {
    let square = 0;
    for (let index = start; index < start + dimensions; index += 1) square += rows[index]! * rows[index]!;
    const scale = 1 / Math.sqrt(square);
    for (let index = start; index < start + dimensions; index += 1) rows[index]! *= scale;
  }
}

/** Calls `visit(i, j, dot)` for the dot product of every pair of rows i < j, in an order that keeps memory close. */
export function forEachPair(
  rows: Float64Array,
  dimensions: number,
  visit: (i: number, j: number, dot: number) => void,
): void {
  const count = rows.length / dimensions;
  for (let top = 0; top < count;) top = visitBand(rows, dimensions, top, visit);
}

/** As `forEachPair` does, and lets timers and an abort through in between. */
export async function forEachPairBreathing(
  rows: Float64Array,
  dimensions: number,
  breather: Breather,
  visit: (i: number, j: number, dot: number) => void,
): Promise<void> {
  const count = rows.length / dimensions;
  for (let top = 0; top < count;) {
    if (breather.due()) await breather.breathe();
    top = visitBand(rows, dimensions, top, visit);
  }
}

/** Visits the pairs whose first row is in the band that begins at row `top`; gives the row after the band. */
function visitBand(
  rows: Float64Array,
  dimensions: number,
  top: number,
  visit: (i: number, j: number, dot: number) => void,
): number {
  const count = rows.length / dimensions;
  const bottom = Math.min(count, top + Math.max(4, Math.floor(16_384 / dimensions)));
  for (let j = top + 1; j < count; j += 1) {
    const column = j * dimensions;
    const end = Math.min(bottom, j);
    let i = top;
    // Four rows at a time share each load of row j.
    for (; i + 4 <= end; i += 4) {
      let [a, b, c, d] = [0, 0, 0, 0];
      let first = i * dimensions;
      let second = first + dimensions;
      let third = second + dimensions;
      let fourth = third + dimensions;
      for (let index = column; index < column + dimensions; index += 1) {
        const value = rows[index]!;
        a += value * rows[first++]!;
        b += value * rows[second++]!;
        c += value * rows[third++]!;
        d += value * rows[fourth++]!;
      }
      visit(i, j, a);
      visit(i + 1, j, b);
      visit(i + 2, j, c);
      visit(i + 3, j, d);
    }
    for (; i < end; i += 1) {
      let dot = 0;
      let row = i * dimensions;
      for (let index = column; index < column + dimensions; index += 1) dot += rows[index]! * rows[row++]!;
      visit(i, j, dot);
    }
  }
  return bottom;
}

/** The largest cosine between two different unit rows. */
export async function largestCosine(
  rows: Float64Array,
  dimensions: number,
  breather: Breather,
): Promise<number> {
  let largest = -1;
  await forEachPairBreathing(rows, dimensions, breather, (_i, _j, cosine) => {
    if (cosine > largest) largest = cosine;
  });
  return largest;
}

/** All cosines of unit rows, `[count, count]`; the diagonal is 1. */
export function cosineMatrix(rows: Float64Array, dimensions: number): Float64Array {
  const count = rows.length / dimensions;
  const cosines = new Float64Array(count * count);
  forEachPair(rows, dimensions, (i, j, cosine) => {
    cosines[i * count + j] = cosine;
    cosines[j * count + i] = cosine;
  });
  for (let row = 0; row < count; row += 1) cosines[row * count + row] = 1;
  return cosines;
}
