import { element, onResize, svgElement } from './element.js';
import { extent, linearScale, logScale, type Scale } from './scale.js';

/** One line of a chart. */
export interface Series {
  readonly label: string;
  readonly color: string;
  readonly dashed?: boolean;
  /** Behind the others. */
  readonly faint?: boolean;
  readonly xs: readonly number[];
  /** null where there is no value. */
  readonly ys: readonly (number | null)[];
}

/** A chart of values by epoch, which can be read with the pointer, with the arrow keys and by a screen reader. */
export interface LineChart {
  readonly element: HTMLElement;
  update(series: readonly Series[]): void;
}

const height = 220;
const margin = { top: 8, right: 12, bottom: 22, left: 52 };
/** More values than these nobody reads at once. */
const mostReadings = 8;
const mostSpread = 50;

/**
 * Lines over epochs; a logarithmic axis, which the title then says, where values of very different sizes are all above 0.
 *
 * @param options.format - How a value is said.
 */
export function createLineChart({
  title,
  note,
  format,
}: {
  readonly title: string;
  readonly note?: string;
  readonly format: (value: number) => string;
}): LineChart {
  const heading = element('h3', {}, title);
  const picture = svgElement('svg', { height, role: 'img', tabindex: 0 });
  const readout = element('p', { class: 'readout', 'aria-live': 'polite' });
  const card = element('figure', { class: 'card' }, heading, picture, readout);
  card.style.margin = '0';
  let series: readonly Series[] = [];
  let epochs: number[] = [];
  let at: number | undefined;
  let placeEpoch: Scale['place'] = () => 0;
  let crosshair: SVGLineElement | undefined;

  const redraw = (): void => {
    const width = Math.max(200, picture.clientWidth);
    picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
    picture.replaceChildren();
    const drawn = series.filter(({ ys }) => ys.some((y) => y !== null));
    const ySpan = extent(drawn.flatMap(({ ys }) => ys));
    const xSpan = extent(drawn.flatMap(({ xs }) => xs));
    if (!ySpan || !xSpan) {
      picture.append(svgElement('text', { x: margin.left, y: height / 2 }, 'No epoch has ended yet.'));
      picture.setAttribute('aria-label', `${title}: no epoch has ended yet`);
      heading.textContent = title;
      readout.textContent = '';
      return;
    }
    const logarithmic = ySpan[0] > 0 && ySpan[1] / ySpan[0] > mostSpread;
    heading.textContent = logarithmic ? `${title} (logarithmic)` : title;
    const range = [height - margin.bottom, margin.top] as const;
    const y = logarithmic ? logScale(ySpan, range) : linearScale(ySpan, range);
    const x = linearScale(
      [Math.min(1, xSpan[0]), Math.max(2, xSpan[1])],
      [margin.left, width - margin.right],
      6,
    );
    placeEpoch = (epoch) => x.place(epoch);
    picture.append(...axes(x, y, width, format));
    for (const line of drawn) picture.append(...curve(line, x, y));
    crosshair = svgElement('line', {
      class: 'crosshair',
      y1: margin.top,
      y2: height - margin.bottom,
      visibility: 'hidden',
    });
    picture.append(crosshair);
    picture.setAttribute('aria-label', describe(title, drawn, format));
    read();
  };

  const read = (): void => {
    if (at === undefined || !epochs.includes(at)) {
      crosshair?.setAttribute('visibility', 'hidden');
      readout.textContent = note ?? '';
      return;
    }
    const epoch = at;
    crosshair?.setAttribute('x1', String(placeEpoch(epoch)));
    crosshair?.setAttribute('x2', String(placeEpoch(epoch)));
    crosshair?.setAttribute('visibility', 'visible');
    const readings = series
      .filter(({ faint }) => !faint)
      .flatMap(({ label, xs, ys }) => {
        const value = ys[xs.indexOf(epoch)];
        return value === undefined || value === null ? [] : [`${label} ${format(value)}`];
      });
    const more = readings.length > mostReadings ? ` and ${readings.length - mostReadings} more` : '';
    readout.textContent = `Epoch ${epoch}: ${readings.slice(0, mostReadings).join(' · ')}${more}`;
  };

  const move = (to: number | undefined): void => {
    at = to;
    read();
  };
  picture.addEventListener('pointermove', (event) => {
    const place = event.clientX - picture.getBoundingClientRect().left;
    move(nearest(epochs, place, placeEpoch));
  });
  picture.addEventListener('pointerleave', () => {
    move(undefined);
  });
  picture.addEventListener('keydown', (event) => {
    const now = at === undefined ? epochs.length - 1 : epochs.indexOf(at);
    const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: epochs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    move(epochs[Math.min(epochs.length - 1, Math.max(0, at === undefined ? now : next))]);
  });
  onResize(picture, redraw);

  return {
    element: card,
    update(next) {
      series = next;
      epochs = [...new Set(next.flatMap(({ xs }) => xs))].sort((a, b) => a - b);
      redraw();
    },
  };
}

function axes(x: Scale, y: Scale, width: number, format: (value: number) => string): SVGElement[] {
  const bottom = height - margin.bottom;
  const right = width - margin.right;
  return [
    ...y.ticks.flatMap((value) => {
      const place = y.place(value);
      return [
        svgElement('line', { class: 'grid', x1: margin.left, x2: right, y1: place, y2: place }),
        svgElement('text', { x: margin.left - 6, y: place + 4, 'text-anchor': 'end' }, format(value)),
      ];
    }),
    ...x.ticks
      .filter((value) => Number.isInteger(value))
      .map((value) =>
        svgElement('text', { x: x.place(value), y: height - 6, 'text-anchor': 'middle' }, String(value)),
      ),
    svgElement('line', { class: 'axis', x1: margin.left, x2: right, y1: bottom, y2: bottom }),
  ];
}

function curve({ xs, ys, color, dashed, faint }: Series, x: Scale, y: Scale): SVGElement[] {
  let path = '';
  let pen = 'M';
  for (const [index, value] of ys.entries()) {
    if (value === null) {
      pen = 'M';
      continue;
    }
    path += `${pen}${x.place(xs[index]!).toFixed(1)} ${y.place(value).toFixed(1)}`;
    pen = 'L';
  }
  const line = svgElement('path', {
    class: ['curve', ...(dashed ? ['dashed'] : []), ...(faint ? ['faint'] : [])].join(' '),
    d: path,
  });
  line.style.stroke = color;
  if (ys.length > 1) return [line];
  // A line of one value cannot be seen.
  const dot = svgElement('circle', { cx: x.place(xs[0]!), cy: y.place(ys[0]!), r: 3 });
  // Hollow where a line would be dashed.
  dot.style.fill = dashed ? 'none' : color;
  dot.style.stroke = color;
  return [dot];
}

function describe(title: string, series: readonly Series[], format: (value: number) => string): string {
  const ends = series.slice(0, mostReadings).map(({ label, ys }) => {
    const last = ys.findLast((value) => value !== null);
    return `${label} ${last === undefined ? 'has no value' : `last ${format(last)}`}`;
  });
  const more = series.length > mostReadings ? `, and ${series.length - mostReadings} more` : '';
  return `${title} by epoch: ${ends.join('; ')}${more}. Left and right arrow keys read it epoch by epoch.`;
}

function nearest(epochs: readonly number[], place: number, placeOf: Scale['place']): number | undefined {
  let best: number | undefined;
  for (const epoch of epochs)
    if (best === undefined || Math.abs(placeOf(epoch) - place) < Math.abs(placeOf(best) - place))
      best = epoch;
  return best;
}
