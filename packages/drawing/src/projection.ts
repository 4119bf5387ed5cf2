import type { Point } from './point.js';
import { alongAxes, principalAxes } from './principal-axes.js';

/** How points of any dimension are brought to the three that can be seen. */
export interface Projection {
  /** `exact`: two or three dimensions, unchanged. `principal-axes`: along the three axes in which the prototypes spread most. */
  readonly kind: 'exact' | 'principal-axes';
  /** The place of one row of as many dimensions as the prototypes. The third coordinate is 0 in two dimensions. */
  readonly place: (row: ArrayLike<number>) => Point;
}

/**
 * Decides how points are seen next to their prototypes. One projection serves prototypes and outputs alike, so that both are in one picture.
 *
 * @param prototypes - `[classes, dimensions]`, at least one row.
 *
 * @example
 * const { kind, place } = projectionOf([[1, 0], [0, 1]]);
 * place([0.6, 0.8]); // [0.6, 0.8, 0]
 */
export function projectionOf(prototypes: readonly ArrayLike<number>[]): Projection {
  const dimensions = prototypes[0]?.length ?? 0;
  if (dimensions <= 3) return { kind: 'exact', place: (row) => [row[0] ?? 0, row[1] ?? 0, row[2] ?? 0] };
  const axes = principalAxes(prototypes, 3);
  return {
    kind: 'principal-axes',
    place: (row) => {
      const [x, y, z] = alongAxes(row, axes);
      return [x!, y!, z!];
    },
  };
}

/** Whether all points are on the circle of the first two axes. */
export function isFlat(points: Iterable<Point>): boolean {
  for (const [, , z] of points) if (z !== 0) return false;
  return true;
}

/** What the picture shows of the points, in a sentence. */
export function projectionSentence(dimensions: number): string {
  if (dimensions === 2) return 'Two dimensions: the circle itself.';
  if (dimensions === 3) return 'Three dimensions: the sphere itself.';
  return `${dimensions} dimensions, projected on the three principal axes of the prototypes: points that look close may be far apart.`;
}
