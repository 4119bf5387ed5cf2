import type { Point } from '@hyperspherical/drawing';
import { createPrototypes, type Prototypes, separation } from '@hyperspherical/prototypes';
import { createBall } from './ball.js';
import { dot, faint, line, svgPage, words } from './svg-page.js';

/** Five prototypes on the circle and ten on the sphere, with the smallest angle between two. */
export async function prototypesPicture(): Promise<string> {
  const circle = await createPrototypes({ classes: 5, dimensions: 2 });
  const sphere = await createPrototypes({ classes: 10, dimensions: 3 });
  const title = 'Prototypes: five on a circle, ten on a sphere, each pair as far apart as there is room';
  return svgPage(600, 300, title, [...onCircle(circle), ...onSphere(sphere)]);
}

const caption = (prototypes: Prototypes): string => {
  const degrees = separation(prototypes).minAngleDegrees.toFixed(1);
  return `${prototypes.classes} classes in ${prototypes.dimensions} dimensions: ${degrees}° apart`;
};

function onCircle(prototypes: Prototypes): string[] {
  const rows = Array.from({ length: prototypes.classes }, (_, index) => [
    ...prototypes.values.subarray(2 * index, 2 * index + 2),
  ]) as [number, number][];
  const at = ([x, y]: [number, number], radius: number) => [150 + radius * x, 132 - radius * y] as const;
  return [
    '<circle class="ball" cx="150" cy="132" r="100"/>',
    ...rows.map((row) => line('thin', [at([0, 0], 0), at(row, 100)])),
    ...rows.map((row) => dot('first-dot', at(row, 100), 6)),
    ...rows.map((row, index) => {
      const [right, down] = at(row, 116);
      return words(String(index), [right, down + 5]);
    }),
    words(caption(prototypes), [150, 280]),
  ];
}

function onSphere(prototypes: Prototypes): string[] {
  const ball = createBall([450, 132], 100);
  const rows = Array.from({ length: prototypes.classes }, (_, index) => [
    ...prototypes.values.subarray(3 * index, 3 * index + 3),
  ]) as unknown as Point[];
  const { maxCosine } = separation(prototypes);
  const lines = rows.flatMap((one, index) =>
    rows.slice(0, index).flatMap((other) => {
      const cosine = one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
      const [a, b] = [ball.see(one), ball.see(other)];
      const style = a.near + b.near < 0 ? 'thin dashed' : 'thin';
      return cosine < maxCosine - 0.005 ? [] : [line(style, [a.at, b.at])];
    }),
  );
  const seen = rows.map((row) => ball.see(row)).sort((one, other) => one.near - other.near);
  return [
    ball.outline,
    ...lines,
    ...seen.map(({ at, near }) => faint(dot('first-dot', at, 5 + 2 * near), near < 0 ? 0.45 : 1)),
    words(caption(prototypes), [450, 280]),
  ];
}
