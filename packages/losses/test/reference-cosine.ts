/** The cosine of two vectors in float64, 0 when one of them is zero. */
export function referenceCosine(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let product = 0;
  for (let index = 0; index < left.length; index++) product += left[index]! * right[index]!;
  const lengths = Math.hypot(...Array.from(left)) * Math.hypot(...Array.from(right));
  return lengths === 0 ? 0 : product / lengths;
}

/** The rows of a flat array. */
export function rowsOf(flat: ArrayLike<number>, width: number): number[][] {
  const rows: number[][] = [];
  for (let start = 0; start < flat.length; start += width) {
    rows.push(Array.from({ length: width }, (_, column) => flat[start + column]!));
  }
  return rows;
}

/** The mean of `f` over indices 0 to count - 1. */
export function meanOf(count: number, f: (index: number) => number): number {
  let total = 0;
  for (let index = 0; index < count; index++) total += f(index);
  return total / count;
}
