import type { Point } from './point.js';

/** Rows of a rotation matrix: to the right, up, towards the viewer. */
export type Rotation = readonly [Point, Point, Point];

/** The first axis to the right, the second up, the third towards the viewer. */
export const front: Rotation = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** From above and a little from the side, so that depth shows. */
export const tilted: Rotation = turn(turn(front, 0.6, 0), 0, 0.35);

/** The first axis upright, seen a little from above: for the poles of a regression. */
export const upright: Rotation = turn(
  [
    [0, 1, 0],
    [1, 0, 0],
    [0, 0, -1],
  ],
  2.4,
  0.3,
);

/**
 * Turns the sphere as a hand on it would.
 *
 * @param right - Radians about the upright axis of the screen: what faces the viewer moves to the right.
 * @param down - Radians about the horizontal axis of the screen: what faces the viewer moves down.
 */
export function turn([x, y, z]: Rotation, right: number, down: number): Rotation {
  const [cosRight, sinRight] = [Math.cos(right), Math.sin(right)];
  const nextX = combine(x, cosRight, z, sinRight);
  const middle = combine(z, cosRight, x, -sinRight);
  const [cosDown, sinDown] = [Math.cos(down), Math.sin(down)];
  return [nextX, combine(y, cosDown, middle, -sinDown), combine(middle, cosDown, y, sinDown)];
}

/** Where a point is seen: to the right, up, and towards the viewer. */
export function rotate([x, y, z]: Rotation, point: Point): Point {
  return [dot(x, point), dot(y, point), dot(z, point)];
}

/** Where points are seen, the farthest first, so that near ones are drawn over far ones. `index` is a point's place in the list. */
export function rotateAll(
  rotation: Rotation,
  points: readonly Point[],
): { readonly index: number; readonly at: Point }[] {
  return points
    .map((point, index) => ({ index, at: rotate(rotation, point) }))
    .sort((left, right) => left.at[2] - right.at[2]);
}

function combine(a: Point, byA: number, b: Point, byB: number): Point {
  return [a[0] * byA + b[0] * byB, a[1] * byA + b[1] * byB, a[2] * byA + b[2] * byB];
}

function dot(a: Point, b: Point): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
