import type { Point } from './point.js';
import { rotate, type Rotation } from './rotation.js';

const steps = 96;
const latitudes = [-60, -30, 0, 30, 60];
const longitudes = [0, 30, 60, 90, 120, 150];

/**
 * The lines of a globe around the first axis, which the poles of a regression are on: circles of latitude and longitude, 30 degrees apart.
 *
 * @returns The parts that face the viewer, as lines through points `[to the right, up]` of the unit circle.
 */
export function globeLines(rotation: Rotation): (readonly [number, number])[][] {
  return circles.flatMap((circle) => {
    const lines: (readonly [number, number])[][] = [];
    let last: (readonly [number, number])[] | undefined;
    for (const point of circle) {
      const [right, up, near] = rotate(rotation, point);
      if (near < 0) {
        last = undefined;
        continue;
      }
      if (last === undefined) lines.push((last = []));
      last.push([right, up]);
    }
    return lines;
  });
}

const circles: readonly (readonly Point[])[] = [
  ...latitudes.map(radians).map((latitude) =>
    around((angle) => {
      const across = Math.cos(latitude);
      return [Math.sin(latitude), across * Math.cos(angle), across * Math.sin(angle)];
    }),
  ),
  ...longitudes.map(radians).map((longitude) =>
    around((angle) => {
      const across = Math.sin(angle);
      return [Math.cos(angle), across * Math.cos(longitude), across * Math.sin(longitude)];
    }),
  ),
];

function around(at: (angle: number) => Point): Point[] {
  return Array.from({ length: steps + 1 }, (_, index) => at((2 * Math.PI * index) / steps));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
