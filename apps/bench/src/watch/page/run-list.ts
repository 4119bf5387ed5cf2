import { element } from '@hyperspherical/drawing/page';
import { byId } from './by-id.js';
import { formatMetricValue, formatSeconds, metricTitle } from './format.js';
import type { RunView } from '../messages.js';

/** What the list needs to know of a run besides the run. */
export interface ListedRun {
  readonly view: RunView;
  readonly color: string;
  readonly checked: boolean;
  readonly selected: boolean;
}

interface Row {
  readonly item: HTMLLIElement;
  readonly check: HTMLInputElement;
  readonly button: HTMLButtonElement;
  readonly name: HTMLElement;
  readonly seed: HTMLElement;
  readonly state: HTMLElement;
  readonly value: HTMLElement;
  readonly bar: HTMLProgressElement;
}

/** The list of runs: which of them the curves show, and which of them is shown whole. */
export function createRunList(on: {
  readonly check: (id: string, checked: boolean) => void;
  readonly select: (id: string) => void;
}): { update(runs: readonly ListedRun[]): void } {
  const list = byId('runs');
  const rows = new Map<string, Row>();

  const makeRow = (id: string): Row => {
    const check = element('input', { type: 'checkbox' });
    const [name, seed] = [element('b'), element('span', { class: 'seed' })];
    const [state, value] = [element('span'), element('span')];
    const bar = element('progress', { max: 1 });
    const button = element(
      'button',
      { type: 'button' },
      element('span', { class: 'run-name' }, element('span', { class: 'swatch' }), name, seed),
      element('span', { class: 'run-line' }, state, value),
    );
    const item = element('li', {}, check, element('div', {}, button, bar));
    check.addEventListener('change', () => {
      on.check(id, check.checked);
    });
    button.addEventListener('click', () => {
      on.select(id);
    });
    return { item, check, button, name, seed, state, value, bar };
  };

  return {
    update(runs) {
      const wanted = new Set(runs.map(({ view }) => view.id));
      for (const [id, { item }] of rows) {
        if (wanted.has(id)) continue;
        item.remove();
        rows.delete(id);
      }
      for (const [index, run] of runs.entries()) {
        const row = rows.get(run.view.id) ?? makeRow(run.view.id);
        rows.set(run.view.id, row);
        fill(row, run);
        if (list.children[index] !== row.item) list.insertBefore(row.item, list.children[index] ?? null);
      }
    },
  };
}

function fill(
  { item, check, button, name, seed, state, value, bar }: Row,
  { view, color, checked, selected }: ListedRun,
): void {
  const title = runTitle(view);
  item.className = selected ? 'selected' : '';
  item.style.setProperty('--series', color);
  check.checked = checked;
  check.setAttribute('aria-label', `Show the curves of ${title}`);
  button.setAttribute('aria-current', String(selected));
  button.title = view.path;
  setText(name, view.title);
  setText(seed, view.seed === null ? '' : `, seed ${view.seed}`);
  state.className = `status ${view.status}`;
  setText(state, statusText(view));
  setText(value, latestMetric(view));
  bar.value = Number.isFinite(view.share) ? view.share : 0;
  bar.setAttribute('aria-label', `Progress of ${title}`);
}

/** Title and seed. */
export function runTitle({ title, seed }: RunView): string {
  return seed === null ? title : `${title}, seed ${seed}`;
}

/** The status, with where the run is and how long it will take. */
export function statusText({ status, epoch, epochs, secondsLeft, seconds }: RunView): string {
  const left = secondsLeft === null ? '' : `, ${formatSeconds(secondsLeft)} left`;
  switch (status) {
    case 'training':
    case 'evaluating':
      return `${status} ${epoch}/${epochs ?? '?'}${left}`;
    case 'silent':
      return `silent at ${epoch}/${epochs ?? '?'}`;
    case 'completed':
      return seconds === null ? 'completed' : `completed in ${formatSeconds(seconds)}`;
    case 'waiting':
    case 'starting':
    case 'stopped':
    case 'interrupted':
    case 'diverged':
    case 'unreadable':
      return status;
  }
}

/** The last epoch's first metric. */
export function latestMetric({ curves, unit }: RunView): string {
  const [first] = Object.entries(curves?.metrics ?? {});
  const last = first?.[1].at(-1);
  if (first === undefined || last === undefined) return '';
  const value = formatMetricValue(first[0], last, unit);
  return first[0] === 'accuracy' ? value : `${metricTitle(first[0])} ${value}`;
}

function setText(of: HTMLElement, text: string): void {
  if (of.textContent !== text) of.textContent = text;
}
