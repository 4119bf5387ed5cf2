import { extent } from 'd3-array';
import { axisElements, chartHeight, chartMargin, linearAxis, logarithmicAxis, widen } from './chart-axes.js';
import { curve, legendEntry } from './chart-series.js';
import { element, onResize, svgElement } from './element.js';
import type { Series } from './series.js';
import { createValueTable } from './value-table.js';

/** What a chart of lines is of. */
export interface LineChartOptions {
  readonly title: string;
  /** What the horizontal axis counts. */
  readonly unit: 'epoch' | 'step';
  readonly format: (value: number) => string;
  /** Below the chart while no value is read. */
  readonly note?: string;
  /** Whether each line is named with its last value, and all values are in a table. Default false. */
  readonly legend?: boolean;
  /** The whole axes from the start, as `[least, most]`; by default they follow the values. */
  readonly spans?: { readonly x: readonly [number, number]; readonly y: readonly [number, number] };
}

/** A chart in a page, which can be read with the pointer, with the arrow keys and by a screen reader. */
export interface LineChart {
  readonly element: HTMLElement;
  update(series: readonly Series[]): void;
}

/** More values than these nobody reads at once. */
const mostReadings = 8;
const mostSpread = 50;

/**
 * Makes a chart of lines. Its vertical axis is logarithmic, which the title then says, where values of very different sizes are all above 0.
 * Its elements are `figure.chart`, `.legend`, `.curve` (`dashed`, `faint`), `.grid`, `.axis`, `.crosshair` and `.readout`.
 */
export function createLineChart({
  title,
  unit,
  note = '',
  format,
  legend: named = false,
  spans,
}: LineChartOptions): LineChart {
  const heading = element('strong', {}, title);
  const legend = element('div', { class: 'legend' });
  const picture = svgElement('svg', { height: chartHeight, role: 'img', tabindex: 0 });
  const readout = element('p', { class: 'readout', 'aria-live': 'polite' });
  const table = createValueTable(title, unit, format);
  const card = element(
    'figure',
    { class: 'chart' },
    element('figcaption', {}, heading, ...(named ? [legend] : [])),
    picture,
    readout,
    ...(named ? [table.element] : []),
  );
  let series: readonly Series[] = [];
  let xs: number[] = [];
  let at: number | undefined;
  let place = (x: number): number => x;
  let crosshair: SVGLineElement | undefined;

  const redraw = (): void => {
    const width = Math.max(200, picture.clientWidth);
    picture.setAttribute('viewBox', `0 0 ${width} ${chartHeight}`);
    const drawn = series.filter(({ ys }) => ys.some((y) => y !== null));
    const ySpan = spans?.y ?? spanOf(drawn.flatMap(({ ys }) => ys));
    const xSpan = spans?.x ?? spanOf(drawn.flatMap((one) => one.xs));
    picture.setAttribute('aria-label', describe(title, unit, drawn, format));
    heading.textContent = title;
    if (!ySpan || !xSpan) {
      const nothing = svgElement(
        'text',
        { x: chartMargin.left, y: chartHeight / 2 },
        `No ${unit} has ended yet.`,
      );
      picture.replaceChildren(nothing);
      readout.textContent = '';
      return;
    }
    const isLogarithmic = !spans && ySpan[0] > 0 && ySpan[1] / ySpan[0] > mostSpread;
    if (isLogarithmic) heading.textContent = `${title} (logarithmic)`;
    const range = [chartHeight - chartMargin.bottom, chartMargin.top] as const;
    const y = isLogarithmic ? logarithmicAxis(ySpan, range) : linearAxis(widen(ySpan), range, 5);
    const x = linearAxis(
      spans?.x ?? [Math.min(1, xSpan[0]), Math.max(2, xSpan[1])],
      [chartMargin.left, width - chartMargin.right],
      6,
    );
    place = x;
    crosshair = svgElement('line', {
      class: 'crosshair',
      y1: chartMargin.top,
      y2: range[0],
      visibility: 'hidden',
    });
    picture.replaceChildren(
      ...axisElements(x, y, width, format),
      ...drawn.map((one) => curve(one, x, y)),
      crosshair,
    );
    read();
  };
  const read = (): void => {
    const isRead = at !== undefined && xs.includes(at);
    crosshair?.setAttribute('visibility', isRead ? 'visible' : 'hidden');
    if (at === undefined || !isRead) {
      readout.textContent = note;
      return;
    }
    crosshair?.setAttribute('x1', String(place(at)));
    crosshair?.setAttribute('x2', String(place(at)));
    const position = at;
    const readings = series
      .filter(({ faint }) => !faint)
      .flatMap((one) => {
        const value = one.ys[one.xs.indexOf(position)];
        return value === undefined || value === null ? [] : [`${one.label} ${format(value)}`];
      });
    const more = readings.length > mostReadings ? ` and ${readings.length - mostReadings} more` : '';
    const name = `${unit[0]!.toUpperCase()}${unit.slice(1)}`;
    readout.textContent = `${name} ${at}: ${readings.slice(0, mostReadings).join(' · ')}${more}`;
  };
  const move = (to: number | undefined): void => {
    at = to;
    read();
  };
  picture.addEventListener('pointermove', (event) => {
    const pointer = event.clientX - picture.getBoundingClientRect().left;
    const away = (x: number): number => Math.abs(place(x) - pointer);
    move(
      xs.reduce<number | undefined>(
        (best, x) => (best === undefined || away(x) < away(best) ? x : best),
        undefined,
      ),
    );
  });
  picture.addEventListener('pointerleave', () => {
    move(undefined);
  });
  picture.addEventListener('keydown', (event) => {
    const now = at === undefined ? xs.length - 1 : xs.indexOf(at);
    const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: xs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    move(xs[Math.min(xs.length - 1, Math.max(0, at === undefined ? now : next))]);
  });
  onResize(picture, redraw);

  return {
    element: card,
    update(next) {
      series = next;
      xs = [...new Set(next.flatMap((one) => one.xs))].sort((left, right) => left - right);
      legend.replaceChildren(...next.map((one) => legendEntry(one, format)));
      table.update(xs, next);
      redraw();
    },
  };
}

function spanOf(values: readonly (number | null)[]): readonly [number, number] | undefined {
  const [least, most] = extent(values.filter((value): value is number => Number.isFinite(value)));
  return least === undefined ? undefined : [least, most];
}

function describe(
  title: string,
  unit: string,
  series: readonly Series[],
  format: (value: number) => string,
): string {
  if (series.length === 0) return `${title}: no ${unit} has ended yet`;
  const ends = series.slice(0, mostReadings).map(({ label, ys }) => {
    const last = ys.findLast((value) => value !== null);
    return `${label} last ${format(last!)}`;
  });
  const more = series.length > mostReadings ? `, and ${series.length - mostReadings} more` : '';
  return `${title} by ${unit}: ${ends.join('; ')}${more}. Left and right arrow keys read it ${unit} by ${unit}.`;
}
