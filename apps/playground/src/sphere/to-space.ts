import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Points } from '../training/messages.js';
import type { Point } from './rotation.js';

/** Brings points to the three dimensions that can be seen. */
export type ToSpace = (points: Points) => Point[];

/**
 * How points of so many dimensions are seen: two and three as they are, more by projection on the three principal axes of the
 * prototypes.
 */
export function toSpace(prototypes: Points): ToSpace {
  const { dimensions } = prototypes;
  if (dimensions <= 3)
    return (points) => rowsOf(points).map((row) => [row[0] ?? 0, row[1] ?? 0, row[2] ?? 0]);
  const axes = principalAxes(rowsOf(prototypes));
  return (points) =>
    rowsOf(points).map((row) => {
      const [x, y, z] = axes.map((axis) => axis.reduce((sum, value, index) => sum + value * row[index]!, 0));
      return [x!, y!, z!];
    });
}

function rowsOf({ dimensions, values }: Points): Float32Array[] {
  return Array.from({ length: values.length / dimensions }, (_, row) =>
    values.subarray(row * dimensions, (row + 1) * dimensions),
  );
}

/** The three directions in which rows spread most around the origin; the sign of each makes its largest component positive. */
function principalAxes(rows: readonly Float32Array[]): number[][] {
  const matrix = new Matrix(rows.map((row) => Array.from(row)));
  const { eigenvectorMatrix } = new EigenvalueDecomposition(matrix.transpose().mmul(matrix), {
    assumeSymmetric: true,
  });
  return [1, 2, 3].map((rank) => {
    const axis = eigenvectorMatrix.getColumn(eigenvectorMatrix.columns - rank);
    const largest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    return axis.map((value) => (largest < 0 ? -value : value));
  });
}

/** How the picture relates to the points, in a sentence. */
export function projectionSentence(dimensions: number): string {
  if (dimensions === 2) return 'Two dimensions: the circle itself.';
  if (dimensions === 3) return 'Three dimensions: the sphere itself.';
  return `${dimensions} dimensions, projected on the three principal axes of the prototypes: points that look close may be far apart.`;
}
