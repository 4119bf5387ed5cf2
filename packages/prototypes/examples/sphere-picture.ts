/**
 * Draws prototypes on the sphere in 3 dimensions as an SVG picture, the far side paler, with a line between nearest neighbours:
 *
 *     node --conditions=@hyperspherical/source --import tsx packages/prototypes/examples/sphere-picture.ts > sphere.svg
 */
import { pathToFileURL } from 'node:url';
import { type Point, rotate, tilted } from '@hyperspherical/drawing';
import { createPrototypes, separation, type Prototypes } from '@hyperspherical/prototypes';

const radius = 100;
const margin = 12;

/** One sphere with its prototypes, as an SVG group centred at (x, y). */
function drawSphere(prototypes: Prototypes, x: number, y: number, caption: string): string {
  const { classes, values } = prototypes;
  const { maxCosine } = separation(prototypes);
  const points = Array.from({ length: classes }, (_, k) => {
    const row = [...values.subarray(3 * k, 3 * k + 3)] as unknown as Point;
    const [right, up, near] = rotate(tilted, row);
    return { right: right * radius, down: -up * radius, near, row };
  });
  const lines = points.flatMap((one, i) =>
    points.slice(0, i).flatMap((other) => {
      const cosine = one.row.reduce((sum, value, axis) => sum + value * other.row[axis]!, 0);
      if (cosine < maxCosine - 0.005) return [];
      const opacity = one.near + other.near > 0 ? 0.7 : 0.2;
      const ends = [one.right, one.down, other.right, other.down].map((value) => value.toFixed(1));
      return [`<path d="M${ends.slice(0, 2).join()}L${ends.slice(2).join()}" opacity="${opacity}"/>`];
    }),
  );
  const dots = points
    .toSorted((left, right) => left.near - right.near)
    .map(({ right, down, near }) => {
      const opacity = (near > 0 ? 1 : 0.3).toString();
      return `<circle cx="${right.toFixed(1)}" cy="${down.toFixed(1)}" r="${(4 + 1.5 * near).toFixed(1)}" opacity="${opacity}"/>`;
    });
  return `<g transform="translate(${x},${y})">
<circle r="${radius}" fill="#f4f6fb" stroke="#c3cbe0"/>
<g stroke="#7c8db5" stroke-width="1.2">${lines.join('')}</g>
<g fill="#d2452b">${dots.join('')}</g>
<text y="${radius + 22}" text-anchor="middle" font-family="sans-serif" font-size="13" fill="#33415c">${caption}</text>
</g>`;
}

/** Three spheres side by side: 12 prototypes by chance, by the paper's method, and by `auto`. */
export async function spherePicture(): Promise<string> {
  const sizes = { classes: 12, dimensions: 3, seed: 2 };
  const spheres: string[] = [];
  for (const [index, method] of (['random', 'hpn', 'auto'] as const).entries()) {
    const prototypes = await createPrototypes({ ...sizes, method });
    const degrees = separation(prototypes).minAngleDegrees.toFixed(1);
    const x = radius + margin + index * 2 * (radius + margin);
    spheres.push(drawSphere(prototypes, x, radius + margin, `${method}: ${degrees}° apart`));
  }
  const [width, height] = [6 * (radius + margin), 2 * radius + margin + 34];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<title>12 prototypes on the sphere: by chance, by the paper's method, and the icosahedron</title>
${spheres.join('\n')}
</svg>
`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(await spherePicture());
}
