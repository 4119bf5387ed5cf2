import { scaleLinear, scaleLog } from 'd3-scale';
import { svgElement } from './element.js';

/** The height of a chart in pixels. */
export const chartHeight = 220;
/** Pixels around a chart's curves. */
export const chartMargin = { top: 8, right: 12, bottom: 22, left: 52 };

/** From values to pixels along an axis. */
export interface Axis {
  (value: number): number;
  /** Round values within, in order. */
  readonly ticks: readonly number[];
}

/** A span with room for a single value in its middle. */
export function widen([least, most]: readonly [number, number]): readonly [number, number] {
  if (most > least) return [least, most];
  const half = least === 0 ? 1 : Math.abs(least) * 0.1;
  return [least - half, most + half];
}

/** An axis on which equal differences are equally far apart. */
export function linearAxis(
  span: readonly [number, number],
  range: readonly [number, number],
  count: number,
): Axis {
  const scale = scaleLinear(span, range);
  return Object.assign((value: number) => scale(value), { ticks: scale.ticks(count) });
}

/** An axis on which equal ratios are equally far apart, with a tick at each power of ten. Values are above 0. */
export function logarithmicAxis(span: readonly [number, number], range: readonly [number, number]): Axis {
  const scale = scaleLog(span, range);
  const powers = scale.ticks().filter((tick) => Number.isInteger(Math.round(Math.log10(tick) * 1e9) / 1e9));
  return Object.assign((value: number) => scale(value), { ticks: powers });
}

/** The lines and numbers of both axes. */
export function axisElements(
  x: Axis,
  y: Axis,
  width: number,
  format: (value: number) => string,
): SVGElement[] {
  const [bottom, right] = [chartHeight - chartMargin.bottom, width - chartMargin.right];
  return [
    ...y.ticks.flatMap((value) => [
      svgElement('line', { class: 'grid', x1: chartMargin.left, x2: right, y1: y(value), y2: y(value) }),
      svgElement('text', { x: chartMargin.left - 6, y: y(value) + 4, 'text-anchor': 'end' }, format(value)),
    ]),
    ...x.ticks
      .filter((value) => Number.isInteger(value))
      .map((value) =>
        svgElement('text', { x: x(value), y: chartHeight - 6, 'text-anchor': 'middle' }, String(value)),
      ),
    svgElement('line', { class: 'axis', x1: chartMargin.left, x2: right, y1: bottom, y2: bottom }),
  ];
}
