import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/**
 * The directions in which rows spread most around the origin: unit vectors, the widest first. The largest component of each is positive,
 * so that a picture does not flip from one set of rows to the next.
 *
 * @param rows - `[count, dimensions]`.
 * @param count - How many directions, at most `dimensions`.
 *
 * @example
 * principalAxes([[2, 0, 0], [-2, 0, 0], [0, 0, 1]], 2); // the first and the third axis
 */
export function principalAxes(rows: readonly ArrayLike<number>[], count: number): number[][] {
  const matrix = new Matrix(rows.map((row) => Array.from(row)));
  const { eigenvectorMatrix } = new EigenvalueDecomposition(matrix.transpose().mmul(matrix), {
    assumeSymmetric: true,
  });
  const dimensions = eigenvectorMatrix.rows;
  return Array.from({ length: Math.min(count, dimensions) }, (_, index) => {
    const axis = eigenvectorMatrix.getColumn(dimensions - 1 - index);
    const largest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    return axis.map((value) => (largest < 0 ? -value : value));
  });
}

/** The coordinates of a row along axes. */
export function alongAxes(row: ArrayLike<number>, axes: readonly (readonly number[])[]): number[] {
  return axes.map((axis) => axis.reduce((sum, value, index) => sum + value * row[index]!, 0));
}
