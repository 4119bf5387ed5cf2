import { extent } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { Sample } from '../statistics/sample.js';
import { markup, type Markup } from '../markup.js';
import { chartWidth, legend, round, type Chart } from './chart.js';

/** One method over the number that experiments vary. */
export interface Curve {
  readonly label: string;
  readonly points: readonly {
    readonly at: number;
    readonly ours: Sample;
    /** What the paper has there. */
    readonly published?: number | undefined;
  }[];
}

/** What a chart of curves shows. */
export interface CurvesChartOptions {
  readonly title: string;
  readonly label: string;
  readonly curves: readonly Curve[];
  /** What values are multiplied by to be shown. */
  readonly factor: number;
  readonly axis: { readonly label: string; readonly scale: 'linear' | 'log' };
  /** The scale of the values. */
  readonly values: 'linear' | 'log';
}

const frame = { left: 48, right: 16, top: 32, height: 250 };
const diamond = 'M0 -4.5L4.5 0L0 4.5L-4.5 0Z';

/** A metric over a number, a curve a method, with one standard deviation; published values as hollow diamonds. */
export function curvesChart({ title, label, curves, factor, axis, values }: CurvesChartOptions): Chart {
  const numbers = [...new Set(curves.flatMap(({ points }) => points.map(({ at }) => at)))].sort(
    (a, b) => a - b,
  );
  const bottom = frame.top + frame.height;
  const ends: [number, number] = [frame.left + 14, chartWidth - frame.right - 10];
  const domain: [number, number] = [numbers[0]!, numbers.at(-1)!];
  if (domain[0] === domain[1]) domain[1] = domain[0] * 2 || 1;
  const x = axis.scale === 'log' ? scaleLog(domain, ends) : scaleLinear(domain, ends);
  const y = valueScale(curves, factor, values, [bottom, frame.top]);
  const place = (value: number): number => round(y(factor * value));
  const draw = (points: readonly (readonly [number, number])[]): string =>
    line<readonly [number, number]>(
      ([at]) => x(at),
      ([, value]) => y(factor * value),
    ).digits(1)([...points]) ?? '';
  const anyPublished = curves.some(({ points }) => points.some(({ published }) => published !== undefined));
  const key = legend(
    [
      ...curves.map((curve, index) => ({
        text: curve.label,
        sample: markup`<path class="line s${index}" stroke-width="2.5" d="M1 0H19"/><circle class="dot s${index}" cx="10" r="4"/>`,
      })),
      ...(anyPublished
        ? [
            {
              text: 'the paper',
              sample: markup`<path class="line axis" stroke-dasharray="3 4" stroke-width="1.3" d="M1 0H19"/><g class="ink"><path class="hollow" stroke-width="1.4" d="${diamond}" transform="translate(10 0)"/></g>`,
            },
          ]
        : []),
    ],
    bottom + 56,
  );
  return {
    width: chartWidth,
    height: bottom + 46 + key.height,
    label,
    content: markup`<text class="heading" x="8" y="16">${title}</text>
${tickValues(y, values).map((tick) => markup`<path class="grid" d="M${frame.left} ${round(y(tick))}H${chartWidth - frame.right}"/><text class="muted" x="${frame.left - 6}" y="${round(y(tick) + 4)}" text-anchor="end">${tick}</text>`)}
<path class="axis" d="M${frame.left} ${bottom}H${chartWidth - frame.right}"/>
${apart(numbers, x).map((tick) => markup`<text class="muted" x="${round(x(tick))}" y="${bottom + 17}" text-anchor="middle">${tick}</text>`)}
<text class="muted" x="${chartWidth - frame.right}" y="${bottom + 34}" text-anchor="end">${axis.label}</text>
${curves.map(({ points }, index) => {
  const published = points.flatMap(({ at, published: value }): [number, number][] =>
    value === undefined ? [] : [[at, value]],
  );
  return markup`<g class="s${index}"><path class="line" stroke-width="1.3" stroke-dasharray="3 4" d="${draw(published)}"/>
${published.map(([at, value]) => markup`<path class="hollow" stroke-width="1.4" d="${diamond}" transform="translate(${round(x(at))} ${place(value)})"/>`)}
<path class="line" stroke-width="2.2" d="${draw(points.map(({ at, ours }) => [at, ours.mean]))}"/>
${points.map((point) => ourPoint(point, x, place))}</g>`;
})}
${key.content}`,
  };
}

function ourPoint(
  { at, ours: { mean, deviation } }: Curve['points'][number],
  x: (at: number) => number,
  place: (value: number) => number,
): Markup {
  const middle = round(x(at));
  // A logarithm has no value at or below 0: such a bar ends at its mean.
  const low = mean - (deviation ?? 0) > 0 ? mean - (deviation ?? 0) : mean;
  const bar =
    deviation === null
      ? undefined
      : markup`<path class="line" stroke-width="1.6" d="M${middle} ${place(low)}V${place(mean + deviation)}"/>`;
  return markup`${bar}<circle class="${deviation === null ? 'hollow' : 'dot'}" stroke-width="1.6" cx="${middle}" cy="${place(mean)}" r="4"/>`;
}

function valueScale(
  curves: readonly Curve[],
  factor: number,
  scale: 'linear' | 'log',
  range: [number, number],
): ReturnType<typeof scaleLinear<number>> | ReturnType<typeof scaleLog<number>> {
  const all = curves.flatMap(({ points }) =>
    points.flatMap(({ ours: { mean, deviation }, published }) => [
      mean,
      mean - (deviation ?? 0),
      mean + (deviation ?? 0),
      ...(published === undefined ? [] : [published]),
    ]),
  );
  const shown = all.map((value) => factor * value).filter((value) => scale === 'linear' || value > 0);
  const [low = 0, high = 1] = extent(shown);
  if (scale === 'log') return scaleLog([0.85 * low, 1.15 * high], range);
  return scaleLinear(low === high ? [low - 1, high + 1] : [low, high], range).nice(5);
}

/** Round values; on a logarithmic scale 1, 2 and 5 of each power of ten. */
function tickValues(y: { readonly ticks: (count?: number) => number[] }, scale: 'linear' | 'log'): number[] {
  if (scale === 'linear') return y.ticks(5);
  return y.ticks().filter((tick) => {
    const leading = tick / 10 ** Math.floor(Math.log10(tick) + 1e-9);
    return [1, 2, 5].some((digit) => Math.abs(leading - digit) < 1e-6);
  });
}

/** The numbers whose words do not run into one another. */
function apart(numbers: readonly number[], x: (at: number) => number): number[] {
  const kept: number[] = [];
  for (const number of numbers) {
    const last = kept.at(-1);
    if (last === undefined || x(number) - x(last) >= 22) kept.push(number);
  }
  return kept;
}
