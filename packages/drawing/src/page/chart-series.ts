import { line } from 'd3-shape';
import type { Axis } from './chart-axes.js';
import { element, svgElement } from './element.js';
import type { Series } from './series.js';

/** The line of one series; a dot where it has one value. */
export function curve(
  { xs, ys, color, dashed = false, faint = false }: Series,
  x: Axis,
  y: Axis,
): SVGElement {
  if (ys.length === 1) {
    // A line of one value cannot be seen. The dot is hollow where the line would be dashed.
    const dot = svgElement('circle', { cx: x(xs[0]!), cy: y(ys[0]!), r: 3 });
    dot.style.fill = dashed ? 'none' : color;
    dot.style.stroke = color;
    return dot;
  }
  const path = line<number | null>(
    (_, index) => x(xs[index]!),
    (value) => y(value!),
  )
    .defined((value) => value !== null)
    .digits(1);
  const drawn = svgElement('path', {
    class: `curve${dashed ? ' dashed' : ''}${faint ? ' faint' : ''}`,
    d: path([...ys]) ?? '',
  });
  drawn.style.stroke = color;
  return drawn;
}

/** A series' name and last value, after a sample of its line. */
export function legendEntry(
  { label, color, dashed = false, ys }: Series,
  format: (value: number) => string,
): HTMLElement {
  const sample = element('i', { class: dashed ? 'dashed' : undefined });
  sample.style.color = color;
  const last = ys.findLast((value) => value !== null);
  return element('span', {}, sample, last === undefined ? label : `${label} ${format(last)}`);
}
