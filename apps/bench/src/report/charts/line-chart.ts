import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { Sample } from '../statistics/sample.js';
import { markup } from '../markup.js';
import { chartWidth, legend, round, type Chart } from './chart.js';
import { mostSeries } from './chart-style.js';

/** One configuration's curve: what its runs had after each epoch, from the first. */
export interface Series {
  readonly label: string;
  readonly epochs: readonly Sample[];
}

/** What a line chart shows; at most as many series as there are colours. */
export interface LineChartOptions {
  readonly title: string;
  readonly label: string;
  readonly series: readonly Series[];
  /** What values are multiplied by to be shown. */
  readonly factor: number;
  /** Of the values, multiplied; so that charts beside each other compare. */
  readonly domain?: readonly [number, number];
}

const frame = { left: 48, right: 12, top: 30, bottom: 24, height: 220 };

/** Curves over epochs, with a band of one standard deviation where there are several runs. */
export function lineChart({ title, label, series, factor, domain }: LineChartOptions): Chart {
  if (series.length > mostSeries) throw new RangeError(`At most ${mostSeries} series.`);
  const last = Math.max(1, ...series.map(({ epochs }) => epochs.length));
  const x = scaleLinear([1, Math.max(2, last)], [frame.left, chartWidth - frame.right]);
  const bottom = frame.top + frame.height;
  const y = scaleLinear(domain ?? valueDomain(series, factor), [bottom, frame.top]).nice(5);
  const place = ({ mean, deviation }: Sample): { low: number; middle: number; high: number } => ({
    low: y(factor * (mean - (deviation ?? 0))),
    middle: y(factor * mean),
    high: y(factor * (mean + (deviation ?? 0))),
  });
  const at = (_: Sample, index: number): number => x(index + 1);
  const band = area<Sample>(
    at,
    (epoch) => place(epoch).low,
    (epoch) => place(epoch).high,
  ).digits(1);
  const curve = line<Sample>(at, (epoch) => place(epoch).middle).digits(1);
  const key = legend(
    series.map(({ label: text }, index) => ({
      text,
      sample: markup`<path class="line s${index}" stroke-width="2.5" d="M2 0H18"/>`,
    })),
    bottom + frame.bottom + 22,
  );
  return {
    width: chartWidth,
    height: bottom + frame.bottom + 12 + key.height,
    label,
    content: markup`<text class="heading" x="8" y="16">${title}</text>
${y.ticks(5).map((tick) => markup`<path class="grid" d="M${frame.left} ${round(y(tick))}H${chartWidth - frame.right}"/><text class="muted" x="${frame.left - 6}" y="${round(y(tick) + 4)}" text-anchor="end">${y.tickFormat(5)(tick)}</text>`)}
${wholeTicks(last).map((tick) => markup`<text class="muted" x="${round(x(tick))}" y="${bottom + 17}" text-anchor="middle">${tick}</text>`)}
<path class="axis" d="M${frame.left} ${bottom}H${chartWidth - frame.right}"/>
<text class="muted" x="${chartWidth - frame.right}" y="${bottom + 31}" text-anchor="end">epoch</text>
${series.map(({ epochs }, index) =>
  epochs.some(({ deviation }) => deviation !== null)
    ? markup`<path class="fill s${index}" fill-opacity="0.15" d="${band([...epochs]) ?? ''}"/>`
    : undefined,
)}
${series.map(({ epochs }, index) => {
  const end = epochs.at(-1);
  if (end === undefined) return undefined;
  return markup`<path class="line s${index}" stroke-width="2" d="${curve([...epochs]) ?? ''}"/><circle class="fill s${index}" r="3" cx="${round(x(epochs.length))}" cy="${round(place(end).middle)}"/>`;
})}
${key.content}`,
  };
}

/** The lowest and the highest value of curves with their bands. */
export function valueDomain(series: readonly Series[], factor: number): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const { epochs } of series) {
    for (const { mean, deviation } of epochs) {
      low = Math.min(low, factor * (mean - (deviation ?? 0)));
      high = Math.max(high, factor * (mean + (deviation ?? 0)));
    }
  }
  if (low > high) return [0, 1];
  return low === high ? [low - 1, high + 1] : [low, high];
}

function wholeTicks(last: number): number[] {
  const ticks = scaleLinear([1, Math.max(2, last)], [0, 1])
    .ticks(6)
    .filter((tick) => Number.isInteger(tick) && tick >= 1 && tick <= last);
  return ticks[0] === 1 || (ticks[0] ?? 9) - 1 < last / 12 ? ticks : [1, ...ticks];
}
