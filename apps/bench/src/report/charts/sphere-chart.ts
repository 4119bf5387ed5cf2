import type { EvaluationDetails } from '../../evaluation-details.js';
import { markup, type Markup } from '../markup.js';
import { chartWidth, fitText, round, type Chart } from './chart.js';
import { extent } from './extent.js';
import { seriesColours } from './chart-style.js';

type Sphere = NonNullable<EvaluationDetails['sphere']>;
type Point = Sphere['prototypes'][number];

const radius = 190;
const centre = { x: chartWidth / 2, y: 46 + radius };
/** Seen from a little above and aside, so that no axis hides. */
const turn = { around: -0.6, down: 0.4 };
const hues = 12;

/** Outputs and prototypes on the sphere, seen from in front; what lies behind is fainter. Two dimensions are a circle. */
export function sphereChart(
  sphere: Sphere,
  options: { readonly title: string; readonly label: string },
): Chart {
  const flat = [...sphere.prototypes, ...sphere.outputs].every(([, , z]) => z === 0);
  const view = flat ? ([x, y]: Point): Point => [x, -y, 0] : rotate;
  const groups = colourGroups(sphere);
  const size = sphere.prototypes.length > 30 ? 4 : 6;
  const note =
    sphere.projection === 'exact'
      ? 'outputs, and prototypes ringed'
      : 'outputs, and prototypes ringed, along three principal axes';
  return {
    width: chartWidth,
    height: centre.y + radius + 16,
    label: options.label,
    content: markup`<text class="heading" x="8" y="16">${fitText(options.title, chartWidth)}</text>
<text class="muted" x="8" y="34">${note}</text>
<g transform="translate(${centre.x} ${centre.y})">
${flat ? undefined : wires()}
<circle class="axis" r="${radius}"/>
${[false, true].map((front) =>
  groups.map(({ colour, points }) => {
    const path = points
      .map(view)
      .filter(([, , depth]) => depth >= 0 === front)
      .map(([x, y]) => `M${round(radius * x)} ${round(radius * y)}h.01`)
      .join('');
    return path === ''
      ? undefined
      : markup`<path class="line ${colour.name}" ${colour.style} stroke-width="${front ? 5 : 4}" stroke-opacity="${front ? 0.75 : 0.25}" d="${path}"/>`;
  }),
)}
${sphere.prototypes.map((prototype, index) => {
  const [x, y, depth] = view(prototype);
  const colour =
    sphere.labels === undefined ? { name: 'ink', style: undefined } : classColour(index, classCount(sphere));
  return markup`<g ${depth >= 0 ? undefined : behind}><circle class="dot ${colour.name}" ${colour.style} stroke-width="1.5" r="${size}" cx="${round(radius * x)}" cy="${round(radius * y)}"/><circle class="line ink" stroke-width="1.2" r="${size * 1.35}" cx="${round(radius * x)}" cy="${round(radius * y)}"/></g>`;
})}
</g>`,
  };
}

const behind: Markup = markup`opacity="0.35"`;

interface Colour {
  readonly name: string;
  readonly style: Markup | undefined;
}

function classCount({ labels = [], prototypes }: Sphere): number {
  return Math.max(
    prototypes.length,
    labels.reduce((most, label) => Math.max(most, label + 1), 0),
  );
}

/** A series' colour while they last, then one of many hues. */
function classColour(index: number, count: number): Colour {
  if (count <= seriesColours) return { name: `s${index}`, style: undefined };
  return hueColour(index / count);
}

/** `place` goes once round the circle of hues. */
function hueColour(place: number): Colour {
  const hue = Math.round(360 * place);
  return { name: '', style: markup`style="color:hsl(${hue},65%,52%)"` };
}

function colourGroups(sphere: Sphere): { colour: Colour; points: Point[] }[] {
  const { outputs, labels, values } = sphere;
  const groups = new Map<number, Point[]>();
  const [low, high] = extent(values ?? [0, 1]);
  for (const [index, point] of outputs.entries()) {
    const share = ((values?.[index] ?? low) - low) / (high - low || 1);
    const key = labels?.[index] ?? Math.min(hues - 1, Math.floor(hues * share));
    const group = groups.get(key);
    if (group) group.push(point);
    else groups.set(key, [point]);
  }
  const colour = (key: number): Colour =>
    labels === undefined
      ? values === undefined
        ? { name: 's0', style: undefined }
        : // From blue to yellow, past green.
          hueColour((240 - (190 * key) / (hues - 1)) / 360)
      : classColour(key, classCount(sphere));
  return [...groups]
    .sort(([left], [right]) => left - right)
    .map(([key, points]) => ({ colour: colour(key), points }));
}

/** To the right, down, towards the viewer. */
function rotate([x, y, z]: Point): Point {
  const { around, down } = turn;
  const right = x * Math.cos(around) - y * Math.sin(around);
  const away = x * Math.sin(around) + y * Math.cos(around);
  return [right, -(z * Math.cos(down) + away * Math.sin(down)), z * Math.sin(down) - away * Math.cos(down)];
}

/** The visible halves of circles of latitude and longitude. */
function wires(): Markup {
  const circles: Point[][] = [];
  const steps = Array.from({ length: 73 }, (_, index) => (index * Math.PI) / 36);
  for (const latitude of [-60, -30, 0, 30, 60].map((degrees) => (degrees * Math.PI) / 180))
    circles.push(
      steps.map((a) => [
        Math.cos(latitude) * Math.cos(a),
        Math.cos(latitude) * Math.sin(a),
        Math.sin(latitude),
      ]),
    );
  for (let degrees = 0; degrees < 180; degrees += 30) {
    const longitude = (degrees * Math.PI) / 180;
    circles.push(
      steps.map((a) => [Math.cos(longitude) * Math.cos(a), Math.sin(longitude) * Math.cos(a), Math.sin(a)]),
    );
  }
  const path = circles
    .flatMap((circle) => {
      let pen = 'M';
      return circle.map(rotate).map(([x, y, depth]) => {
        if (depth < 0) {
          pen = 'M';
          return '';
        }
        const part = `${pen}${round(radius * x)} ${round(radius * y)}`;
        pen = 'L';
        return part;
      });
    })
    .join('');
  return markup`<path class="grid" d="${path}"/>`;
}
