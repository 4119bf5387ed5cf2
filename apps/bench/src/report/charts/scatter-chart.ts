import { scaleLinear } from 'd3-scale';
import { markup } from '../markup.js';
import { chartWidth, fitText, round, type Chart } from './chart.js';

const frame = { left: 56, right: 16, top: 30, bottom: 44 };
const side = 360;

/** Predictions over true values; on the diagonal they are right. */
export function scatterChart(
  predictions: readonly (readonly [number, number])[],
  options: { readonly axis: string; readonly title: string; readonly label: string },
): Chart {
  const values = predictions.flat();
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const domain = low < high ? [low, high] : [low - 1, high + 1];
  const x = scaleLinear(domain, [frame.left, chartWidth - frame.right]).nice(5);
  const y = scaleLinear(domain, [frame.top + side, frame.top]).nice(5);
  const [from, to] = x.domain() as [number, number];
  const points = predictions
    .map(([value, prediction]) => `M${round(x(value))} ${round(y(prediction))}h.01`)
    .join('');
  return {
    width: chartWidth,
    height: frame.top + side + frame.bottom,
    label: options.label,
    content: markup`<text class="heading" x="8" y="16">${fitText(options.title, chartWidth)}</text>
${y.ticks(5).map((tick) => markup`<path class="grid" d="M${frame.left} ${round(y(tick))}H${chartWidth - frame.right}"/><text class="muted" x="${frame.left - 6}" y="${round(y(tick) + 4)}" text-anchor="end">${y.tickFormat(5)(tick)}</text>`)}
${x.ticks(5).map((tick) => markup`<path class="grid" d="M${round(x(tick))} ${frame.top}V${frame.top + side}"/><text class="muted" x="${round(x(tick))}" y="${frame.top + side + 16}" text-anchor="middle">${x.tickFormat(5)(tick)}</text>`)}
<path class="axis" stroke-dasharray="4 4" d="M${round(x(from))} ${round(y(from))}L${round(x(to))} ${round(y(to))}"/>
<path class="line s0" stroke-width="4.5" stroke-opacity="0.45" d="${points}"/>
<text class="muted" x="${chartWidth - frame.right}" y="${frame.top + side + 34}" text-anchor="end">true ${options.axis}</text>
<text class="muted" transform="translate(14 ${frame.top + side / 2}) rotate(-90)" text-anchor="middle">predicted ${options.axis}</text>`,
  };
}
