/** A place in space. */
export type Point = readonly [number, number, number];

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

/** The first axis upright, seen a little from above: for poles. */
export const upright: Rotation = turn(
  [
    [0, 1, 0],
    [1, 0, 0],
    [0, 0, -1],
  ],
  2.4,
  0.3,
);

/** Turns what is seen: by `right` radians about the upright axis of the screen, by `down` about the one to the right. */
export function turn([x, y, z]: Rotation, right: number, down: number): Rotation {
  const nextX = combine(x, Math.cos(right), z, Math.sin(right));
  const middle = combine(z, Math.cos(right), x, -Math.sin(right));
  return [
    nextX,
    combine(y, Math.cos(down), middle, -Math.sin(down)),
    combine(middle, Math.cos(down), y, Math.sin(down)),
  ];
}

/** Where a point is seen: right, up, and how near. */
export function rotate([x, y, z]: Rotation, point: Point): Point {
  return [dot(x, point), dot(y, point), dot(z, point)];
}

function combine(a: Point, byA: number, b: Point, byB: number): Point {
  return [a[0] * byA + b[0] * byB, a[1] * byA + b[1] * byB, a[2] * byA + b[2] * byB];
}

function dot(a: Point, b: Point): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
