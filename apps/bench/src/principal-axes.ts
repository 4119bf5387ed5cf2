import { type Prototypes, prototypesFromVectors } from '@hyperspherical/prototypes';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/**
 * The directions in which rows spread most around the origin: unit vectors, the widest first. The sign of each is that its largest
 * component is positive, so that a picture does not flip from one evaluation to the next.
 *
 * @param rows - `[count, dimensions]`.
 * @param count - How many directions, at most `dimensions`.
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

/**
 * Rows brought to fewer dimensions by their principal axes, as prototypes of unit length.
 *
 * @throws {RangeError} When there are fewer dimensions, or fewer rows, than asked for.
 */
export function projectOnPrincipalAxes(rows: readonly ArrayLike<number>[], dimensions: number): Prototypes {
  const available = Math.min(rows.length, rows[0]?.length ?? 0);
  if (dimensions > available) {
    throw new RangeError(
      `${rows.length} word vectors of ${rows[0]?.length ?? 0} dimensions have ${available} principal axes at most, and ${dimensions} were asked for`,
    );
  }
  const axes = principalAxes(rows, dimensions);
  return { ...prototypesFromVectors(rows.map((row) => alongAxes(row, axes))), method: 'word-vectors' };
}
