import { scaleLinear } from 'd3-scale';
import { markup } from '../markup.js';
import { chartWidth, fitText, legend, round, textWidth, type Chart } from './chart.js';

/** One difference with its interval. */
export interface Difference {
  readonly label: string;
  readonly difference: number;
  /** Null where there is none. */
  readonly interval: readonly [number, number] | null;
  /** What follows: 0 it is better, 1 it is worse, 2 neither is shown. */
  readonly colour: 0 | 1 | 2;
}

/** What a chart of differences shows. */
export interface DifferencesChartOptions {
  readonly title: string;
  readonly label: string;
  readonly rows: readonly Difference[];
  readonly factor: number;
  /** Below the axis: `accuracy, points`. */
  readonly axis: string;
}

const rowHeight = 24;
const top = 34;
// Series colours of the style sheet that are far apart: blue, orange, grey.
const classes = ['s0', 's1', 's5'] as const;

/** Differences between pairs of methods on one scale, each with its 95 % interval, beside a line at 0. */
export function differencesChart({ title, label, rows, factor, axis }: DifferencesChartOptions): Chart {
  const left = Math.min(250, Math.max(...rows.map((row) => textWidth(row.label)))) + 16;
  const bottom = top + rows.length * rowHeight;
  const all = rows.flatMap(({ difference, interval }) => [difference, ...(interval ?? [])]);
  const x = scaleLinear(
    [Math.min(0, ...all) * factor, Math.max(0, ...all) * factor],
    [left + 8, chartWidth - 16],
  ).nice(5);
  const place = (value: number): number => round(x(factor * value));
  const words = ['better', 'worse', 'not shown'];
  const key = legend(
    ([0, 1, 2] as const)
      .filter((colour) => rows.some((row) => row.colour === colour))
      .map((colour) => ({
        text: words[colour]!,
        sample: markup`<path class="line ${classes[colour]}" stroke-width="2" d="M0 0H20"/><circle class="dot ${classes[colour]}" cx="10" r="4.5"/>`,
      })),
    bottom + 44,
  );
  return {
    width: chartWidth,
    height: bottom + 34 + key.height,
    label,
    content: markup`<text class="heading" x="8" y="16">${title}</text>
${x.ticks(5).map((tick) => markup`<path class="grid" d="M${round(x(tick))} ${top - 6}V${bottom}"/><text class="muted" x="${round(x(tick))}" y="${bottom + 15}" text-anchor="middle">${x.tickFormat(5)(tick)}</text>`)}
<path class="axis" d="M${round(x(0))} ${top - 6}V${bottom}"/>
<text class="muted" x="${chartWidth - 16}" y="${bottom + 31}" text-anchor="end">${axis}</text>
${rows.map(({ label: text, difference, interval, colour }, index) => {
  const middle = top + (index + 0.5) * rowHeight;
  return markup`<g><text x="8" y="${middle + 4}">${fitText(text, left - 10)}</text>
<g class="${classes[colour]}">${interval === null ? undefined : markup`<path class="line" stroke-width="2" d="M${place(interval[0])} ${middle}H${place(interval[1])}"/>`}<circle class="${interval === null ? 'hollow' : 'dot'}" stroke-width="1.6" cx="${place(difference)}" cy="${middle}" r="4.5"/></g></g>`;
})}
${key.content}`,
  };
}
