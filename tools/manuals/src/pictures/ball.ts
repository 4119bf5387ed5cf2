import { front, type Point, rotate, turn as rotated } from '@hyperspherical/drawing';
import { line } from './svg-page.js';

/** Where a point of the ball is seen, and how near it is: below 0, on the far side. */
export interface Seen {
  readonly at: readonly [number, number];
  readonly near: number;
}

/** A ball of a picture, seen a little from above. Its points are `[up, right, towards the reader]` before it is turned. */
export interface Ball {
  /** Its outline. */
  readonly outline: string;
  see(point: Point): Seen;
  /** The line through points of the ball, dashed where it lies on the far side. */
  draw(style: string, points: readonly Point[]): string;
}

/** A ball around `[right, down]` on the page. `turn` and `tilt` are radians. */
export function createBall(
  [middleRight, middleDown]: readonly [number, number],
  radius: number,
  { turn = 0.5, tilt = 0.35 }: { readonly turn?: number; readonly tilt?: number } = {},
): Ball {
  const rotation = rotated(front, turn, tilt);
  const see = ([up, right, towards]: Point): Seen => {
    const [seenRight, seenUp, near] = rotate(rotation, [right, up, towards]);
    return { at: [middleRight + radius * seenRight, middleDown - radius * seenUp], near };
  };
  const draw = (style: string, points: readonly Point[]): string => {
    const pieces: { readonly far: boolean; readonly points: (readonly [number, number])[] }[] = [];
    for (const { at, near } of points.map(see)) {
      const last = pieces.at(-1);
      last?.points.push(at);
      if (last?.far !== near < 0) pieces.push({ far: near < 0, points: [at] });
    }
    return pieces
      .filter((piece) => piece.points.length > 1)
      .map((piece) => line(piece.far ? `${style} dashed` : style, piece.points))
      .join('');
  };
  const outline = `<circle class="ball" cx="${middleRight}" cy="${middleDown}" r="${radius}"/>`;
  return { outline, see, draw };
}

/** The points of the ball at one height, from -1 to 1, all the way round. */
export function parallel(height: number): Point[] {
  const across = Math.sqrt(1 - height * height);
  return Array.from({ length: 73 }, (_, index) => {
    const angle = (index * Math.PI) / 36;
    return [height, across * Math.cos(angle), across * Math.sin(angle)] as const;
  });
}

/** The points of the shortest way on the ball from one point to another. */
export function way(from: Point, to: Point): Point[] {
  const between = Math.acos(from[0] * to[0] + from[1] * to[1] + from[2] * to[2]);
  return Array.from({ length: 25 }, (_, index) => {
    const [a, b] = [Math.sin(between * (1 - index / 24)), Math.sin((between * index) / 24)];
    const mix = (axis: 0 | 1 | 2) => (a * from[axis] + b * to[axis]) / Math.sin(between);
    return [mix(0), mix(1), mix(2)] as const;
  });
}
