import { type Point, projectionOf } from '@hyperspherical/drawing';
import type { Points } from '../training/messages.js';

/** Brings points to the three dimensions that can be seen. */
export type ProjectPoints = (points: Points) => Point[];

/** Points are seen next to their prototypes: unchanged in two and three dimensions, else along three principal axes. */
export function projectPoints(prototypes: Points): ProjectPoints {
  const { place } = projectionOf(rowsOf(prototypes));
  return (points) => rowsOf(points).map(place);
}

function rowsOf({ dimensions, values }: Points): Float32Array[] {
  return Array.from({ length: values.length / dimensions }, (_, row) =>
    values.subarray(row * dimensions, (row + 1) * dimensions),
  );
}
