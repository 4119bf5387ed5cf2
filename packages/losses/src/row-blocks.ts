/** Some rows of a matrix: `size` of them from `start`. */
export interface RowBlock {
  readonly start: number;
  readonly size: number;
}

/** How many float32 numbers a block of rows holds at most by default: 32 MB. */
const numbersAtOnce = 2 ** 23;

/**
 * Cuts a `[rows, columns]` matrix that is never to exist as a whole into blocks of rows: `rowsAtOnce` each, by default
 * as many as 32 MB hold.
 */
export function rowBlocks(
  rows: number,
  columns: number,
  rowsAtOnce = Math.floor(numbersAtOnce / columns),
): RowBlock[] {
  const most = Math.max(1, Math.floor(rowsAtOnce));
  return Array.from({ length: Math.ceil(rows / most) }, (_, index) => ({
    start: index * most,
    size: Math.min(most, rows - index * most),
  }));
}
