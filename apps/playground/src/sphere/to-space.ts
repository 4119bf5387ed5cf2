import { alongAxes, principalAxes } from '../../../bench/src/principal-axes.js';
import type { Points } from '../training/messages.js';
import type { Point } from '../../../bench/src/watch/page/messages.js';

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
  const axes = principalAxes(rowsOf(prototypes), 3);
  return (points) =>
    rowsOf(points).map((row) => {
      const [x, y, z] = alongAxes(row, axes);
      return [x!, y!, z!];
    });
}

function rowsOf({ dimensions, values }: Points): Float32Array[] {
  return Array.from({ length: values.length / dimensions }, (_, row) =>
    values.subarray(row * dimensions, (row + 1) * dimensions),
  );
}

/** How the picture relates to the points, in a sentence. */
export function projectionSentence(dimensions: number): string {
  if (dimensions === 2) return 'Two dimensions: the circle itself.';
  if (dimensions === 3) return 'Three dimensions: the sphere itself.';
  return `${dimensions} dimensions, projected on the three principal axes of the prototypes: points that look close may be far apart.`;
}
