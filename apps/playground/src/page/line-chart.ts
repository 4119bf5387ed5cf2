import { element, onResize, svgElement } from '../../../bench/src/watch/page/element.js';

/** One line of a chart. */
export interface Series {
  readonly label: string;
  /** Of `page.css`. */
  readonly className: string;
  readonly ys: readonly number[];
}

/** Lines over steps, with every value in a table beside them. */
export interface LineChart {
  readonly element: HTMLElement;
  update(xs: readonly number[], series: readonly Series[]): void;
}

const height = 200;
const margin = { top: 12, right: 14, bottom: 26, left: 48 };
/** A table of more rows nobody reads. */
const mostRows = 25;

/** @param options.top - The largest value that the axis always shows; it begins at 0. */
export function createLineChart({
  title,
  steps,
  top,
  format,
}: {
  readonly title: string;
  readonly steps: number;
  readonly top: number;
  readonly format: (value: number) => string;
}): LineChart {
  const picture = svgElement('svg', { height, role: 'img' });
  const legend = element('div', { class: 'legend' });
  const head = element('tr', {});
  const body = element('tbody', {});
  const table = element('table', {}, element('caption', {}, title), element('thead', {}, head), body);
  const scroll = element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title }, table);
  const details = element('details', {}, element('summary', {}, 'As a table'), scroll);
  const figure = element(
    'figure',
    { class: 'chart' },
    element('figcaption', {}, element('strong', {}, title), legend),
    picture,
    details,
  );
  let xs: readonly number[] = [];
  let series: readonly Series[] = [];

  const redraw = (): void => {
    const width = Math.max(240, picture.clientWidth);
    const [right, bottom] = [width - margin.right, height - margin.bottom];
    const x = (step: number): number => margin.left + (step / steps) * (right - margin.left);
    const y = (value: number): number => bottom - (value / top) * (bottom - margin.top);
    picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
    picture.replaceChildren(
      ...[0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
        svgElement('line', {
          class: 'grid',
          x1: margin.left,
          x2: right,
          y1: y(share * top),
          y2: y(share * top),
        }),
        svgElement(
          'text',
          { x: margin.left - 8, y: y(share * top) + 4, 'text-anchor': 'end' },
          // Round numbers need no decimals.
          format(share * top).replace(/\.\d+/, ''),
        ),
      ]),
      ...[0, 0.5, 1].map((share) =>
        svgElement(
          'text',
          {
            x: x(share * steps),
            y: height - 6,
            'text-anchor': share === 0 ? 'start' : share === 1 ? 'end' : 'middle',
          },
          share === 0 ? 'step 0' : String(Math.round(share * steps)),
        ),
      ),
      ...series.map(({ className, ys }) =>
        svgElement('polyline', {
          class: `curve ${className}`,
          points: ys
            .map((value, index) => `${x(xs[index]!).toFixed(1)},${y(Math.min(top, value)).toFixed(1)}`)
            .join(' '),
        }),
      ),
    );
    const ends = series.map(
      ({ label, ys }) => `${label} ${ys.length === 0 ? 'not yet' : format(ys.at(-1)!)}`,
    );
    picture.setAttribute(
      'aria-label',
      `${title}, by step: ${ends.join('; ')}. The table below has the numbers.`,
    );
    legend.replaceChildren(
      ...series.map(({ label, className, ys }) =>
        element(
          'span',
          {},
          element('i', { class: className }),
          ys.length === 0 ? label : `${label} ${format(ys.at(-1)!)}`,
        ),
      ),
    );
    if (details.open) tabulate();
  };

  const tabulate = (): void => {
    head.replaceChildren(
      ...['step', ...series.map(({ label }) => label)].map((name) => element('th', { scope: 'col' }, name)),
    );
    const every = Math.max(1, Math.ceil(xs.length / mostRows));
    body.replaceChildren(
      ...xs.flatMap((step, index) =>
        index % every === 0 || index === xs.length - 1
          ? [
              element(
                'tr',
                {},
                element('th', { scope: 'row' }, String(step)),
                ...series.map(({ ys }) => element('td', {}, format(ys[index]!))),
              ),
            ]
          : [],
      ),
    );
  };
  details.addEventListener('toggle', tabulate);
  onResize(picture, redraw);
  return {
    element: figure,
    update(nextXs, nextSeries) {
      xs = nextXs;
      series = nextSeries;
      redraw();
    },
  };
}
