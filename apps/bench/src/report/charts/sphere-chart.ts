import { extent } from 'd3-array';
import {
  globeLines,
  isFlat,
  palettes,
  type Point,
  rotate,
  seriesColor,
  shareColor,
  tilted,
} from '@hyperspherical/drawing';
import type { EvaluationDetails } from '../../records/evaluation-details.js';
import { markup, type Markup } from '../markup.js';
import { chartWidth, fitText, round, type Chart } from './chart.js';

type Sphere = NonNullable<EvaluationDetails['sphere']>;

const radius = 190;
const center = { x: chartWidth / 2, y: 46 + radius };
/** Outputs whose values differ by less have one color. */
const shares = 12;

/** Outputs and prototypes on the sphere; the far side is fainter. Two dimensions are a circle. */
export function sphereChart(
  sphere: Sphere,
  options: { readonly title: string; readonly label: string },
): Chart {
  const flat = isFlat([...sphere.prototypes, ...sphere.outputs]);
  const see = (point: Point): Point => (flat ? point : rotate(tilted, point));
  const groups = colorGroups(sphere);
  const size = sphere.prototypes.length > 30 ? 4 : 6;
  const note =
    sphere.projection === 'exact'
      ? 'outputs, and prototypes ringed'
      : 'outputs, and prototypes ringed, along three principal axes';
  return {
    width: chartWidth,
    height: center.y + radius + 16,
    label: options.label,
    content: markup`<text class="heading" x="8" y="16">${fitText(options.title, chartWidth)}</text>
<text class="muted" x="8" y="34">${note}</text>
<g transform="translate(${center.x} ${center.y})">
${flat ? undefined : globe()}
<circle class="axis" r="${radius}"/>
${[false, true].map((front) =>
  groups.map(({ color, points }) => {
    const path = points
      .map(see)
      .filter(([, , near]) => near >= 0 === front)
      .map(([right, up]) => `M${place(right, up)}h.01`)
      .join('');
    return path === ''
      ? undefined
      : markup`<path class="line ${color.name}" ${color.style} stroke-width="${front ? 5 : 4}" stroke-opacity="${front ? 0.75 : 0.25}" d="${path}"/>`;
  }),
)}
${sphere.prototypes.map((prototype, index) => {
  const [right, up, near] = see(prototype);
  const [x, y] = [round(radius * right), round(-radius * up)];
  const color = sphere.labels === undefined ? { name: 'ink', style: undefined } : classColor(index);
  return markup`<g ${near >= 0 ? undefined : behind}><circle class="dot ${color.name}" ${color.style} stroke-width="1.5" r="${size}" cx="${x}" cy="${y}"/><circle class="line ink" stroke-width="1.2" r="${size * 1.35}" cx="${x}" cy="${y}"/></g>`;
})}
</g>`,
  };
}

const behind: Markup = markup`opacity="0.35"`;

interface Color {
  /** A class of the chart's style sheet. */
  readonly name: string;
  readonly style: Markup | undefined;
}

/** A color of the palette while they last, so that it follows the paper. */
function classColor(index: number): Color {
  if (index < palettes.light.series.length) return { name: `s${index}`, style: undefined };
  return { name: '', style: markup`style="color:${seriesColor(index, 'either')}"` };
}

function colorGroups({ outputs, labels, values }: Sphere): { color: Color; points: Point[] }[] {
  const groups = new Map<number, Point[]>();
  const [low = 0, high = 1] = extent(values ?? [0, 1]);
  for (const [index, point] of outputs.entries()) {
    const share = ((values?.[index] ?? low) - low) / (high - low || 1);
    const key = labels?.[index] ?? Math.min(shares - 1, Math.floor(shares * share));
    const group = groups.get(key);
    if (group) group.push(point);
    else groups.set(key, [point]);
  }
  const color = (key: number): Color => {
    if (labels !== undefined) return classColor(key);
    if (values === undefined) return { name: 's0', style: undefined };
    return { name: '', style: markup`style="color:${shareColor(key / (shares - 1), 'either')}"` };
  };
  return [...groups]
    .sort(([left], [right]) => left - right)
    .map(([key, points]) => ({ color: color(key), points }));
}

function place(right: number, up: number): string {
  return `${round(radius * right)} ${round(-radius * up)}`;
}

function globe(): Markup {
  const path = globeLines(tilted)
    .map((line) => `M${line.map(([right, up]) => place(right, up)).join('L')}`)
    .join('');
  return markup`<path class="grid" d="${path}"/>`;
}
