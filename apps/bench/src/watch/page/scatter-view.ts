import { element, svgElement } from '@hyperspherical/drawing/page';
import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { formatNumber } from './format.js';

const side = 360;
const margin = { top: 8, right: 12, bottom: 36, left: 52 };

/** Predicted values over true ones, with the line on which they are equal. */
export function scatterView(
  predictions: readonly (readonly [number, number])[],
  { name = 'value', unit }: { readonly name?: string | undefined; readonly unit?: string | undefined },
): HTMLElement {
  const [least = 0, most = 1] = extent(predictions.flat());
  const span = least < most ? ([least, most] as const) : ([least - 1, most + 1] as const);
  const x = scaleLinear(span, [margin.left, side - margin.right]);
  const y = scaleLinear(span, [side - margin.bottom, margin.top]);
  const error =
    predictions.reduce((sum, [value, told]) => sum + Math.abs(told - value), 0) / predictions.length;
  const ofUnit = unit === undefined ? '' : ` ${unit}`;
  const summary = `Predicted over true ${name} of ${predictions.length} test images; mean absolute error of these ${formatNumber(error)}${ofUnit}.`;
  const bottom = side - margin.bottom;
  const picture = svgElement(
    'svg',
    { viewBox: `0 0 ${side} ${side}`, role: 'img', 'aria-label': summary },
    ...x.ticks(5).flatMap((value) => [
      svgElement('line', {
        class: 'grid',
        x1: x(value),
        x2: x(value),
        y1: margin.top,
        y2: bottom,
      }),
      svgElement('text', { x: x(value), y: bottom + 14, 'text-anchor': 'middle' }, formatNumber(value)),
    ]),
    ...y.ticks(5).flatMap((value) => [
      svgElement('line', {
        class: 'grid',
        x1: margin.left,
        x2: side - margin.right,
        y1: y(value),
        y2: y(value),
      }),
      svgElement('text', { x: margin.left - 6, y: y(value) + 4, 'text-anchor': 'end' }, formatNumber(value)),
    ]),
    svgElement('line', {
      class: 'identity',
      x1: x(span[0]),
      y1: y(span[0]),
      x2: x(span[1]),
      y2: y(span[1]),
    }),
    ...predictions.map(([value, told]) =>
      svgElement('circle', {
        class: 'dot',
        cx: x(value).toFixed(1),
        cy: y(told).toFixed(1),
        r: 2.4,
      }),
    ),
    svgElement(
      'text',
      { x: side / 2, y: side - 4, 'text-anchor': 'middle' },
      `true ${name}${ofUnit && `,${ofUnit}`}`,
    ),
  );
  const card = element(
    'figure',
    { class: 'card' },
    element('h3', {}, 'Predicted values'),
    element('p', { class: 'note' }, summary),
    picture,
  );
  card.style.margin = '0';
  return card;
}
