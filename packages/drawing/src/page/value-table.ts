import { element } from './element.js';
import type { Series } from './series.js';

/** A table of more rows nobody reads. */
const mostRows = 25;

/** The values of a chart in rows, to be opened below it. */
export function createValueTable(
  title: string,
  unit: string,
  format: (value: number) => string,
): { readonly element: HTMLElement; update(xs: readonly number[], series: readonly Series[]): void } {
  const head = element('tr', {});
  const body = element('tbody', {});
  const table = element('table', {}, element('caption', {}, title), element('thead', {}, head), body);
  const scroll = element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title }, table);
  const details = element('details', {}, element('summary', {}, 'As a table'), scroll);
  let xs: readonly number[] = [];
  let series: readonly Series[] = [];

  const fill = (): void => {
    if (!details.open) return;
    const columns = [unit, ...series.map(({ label }) => label)];
    head.replaceChildren(...columns.map((name) => element('th', { scope: 'col' }, name)));
    const every = Math.max(1, Math.ceil(xs.length / mostRows));
    const rows = xs.filter((_, index) => index % every === 0 || index === xs.length - 1);
    body.replaceChildren(...rows.map((x) => row(x, series, format)));
  };
  details.addEventListener('toggle', fill);
  return {
    element: details,
    update(nextXs, nextSeries) {
      xs = nextXs;
      series = nextSeries;
      fill();
    },
  };
}

function row(x: number, series: readonly Series[], format: (value: number) => string): HTMLElement {
  const cells = series.map(({ xs, ys }) => {
    const value = ys[xs.indexOf(x)];
    return element('td', {}, value === undefined || value === null ? '' : format(value));
  });
  return element('tr', {}, element('th', { scope: 'row' }, String(x)), ...cells);
}
