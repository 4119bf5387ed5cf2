import { seriesColor } from '@hyperspherical/drawing';
import { byId } from './by-id.js';
import { createCurves } from './curves.js';
import type { RunView, WatchMessage } from '../messages.js';
import { createRunDetails } from './run-details.js';
import { createRunList, runTitle, statusText } from './run-list.js';

/** So many runs' curves are shown before anybody has chosen. */
const shownAtFirst = 12;

const runs = new Map<string, RunView>();
/** What has been chosen by hand; the others follow the rule. */
const choices = new Map<string, boolean>();
const experiments: string[] = [];
let selected = decodeURIComponent(location.hash.slice(1));
let filter = '';

const curves = createCurves();
const details = createRunDetails();
const list = createRunList({
  check(id, checked) {
    choices.set(id, checked);
    redraw();
  },
  select(id) {
    selected = id;
    history.replaceState(null, '', `#${encodeURIComponent(id)}`);
    redraw();
  },
});

byId('filter').addEventListener('input', ({ target }) => {
  filter = (target as HTMLInputElement).value.trim().toLowerCase();
  redraw();
});

/** Runs of one experiment share a color, which stays theirs. */
function colorOf({ experiment }: RunView): string {
  if (!experiments.includes(experiment)) experiments.push(experiment);
  const index = experiments.indexOf(experiment);
  return `light-dark(${seriesColor(index, 'light')}, ${seriesColor(index, 'dark')})`;
}

function matches(view: RunView): boolean {
  const text = `${runTitle(view)} ${view.experiment} ${view.path} ${statusText(view)}`.toLowerCase();
  return filter.split(/\s+/).every((word) => text.includes(word));
}

function redraw(): void {
  const all = [...runs.values()];
  const listed = all.filter(matches);
  if (!runs.has(selected))
    selected = (listed.find(({ status }) => status === 'training') ?? listed[0])?.id ?? '';
  const shown = listed.filter((view, index) => choices.get(view.id) ?? index < shownAtFirst);
  list.update(
    listed.map((view) => ({
      view,
      color: colorOf(view),
      checked: shown.includes(view),
      selected: view.id === selected,
    })),
  );
  curves.update(shown.map((view) => ({ view, color: colorOf(view), selected: view.id === selected })));
  details.show(runs.get(selected));
  byId('no-runs').hidden = all.length > 0;
  byId('shown').textContent =
    shown.length < listed.length
      ? `${shown.length} of ${listed.length} runs; tick a run to show its curves.`
      : '';
  const summary = countStatuses(all);
  if (byId('summary').textContent !== summary) byId('summary').textContent = summary;
  document.title = summary === '' ? 'Runs' : `${summary} – runs`;
}

function countStatuses(all: readonly RunView[]): string {
  const counts = new Map<string, number>();
  for (const { status } of all) {
    const shown = status === 'evaluating' || status === 'starting' ? 'training' : status;
    counts.set(shown, (counts.get(shown) ?? 0) + 1);
  }
  return [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
}

function take(message: WatchMessage): void {
  if (message.kind === 'snapshot') {
    runs.clear();
    byId('folder').textContent = `in ${message.folder}`;
  } else for (const id of message.gone) runs.delete(id);
  for (const run of message.runs) {
    const curvesBefore = runs.get(run.id)?.curves;
    runs.set(run.id, run.curves || !curvesBefore ? run : { ...run, curves: curvesBefore });
  }
  sortByPath();
  redraw();
}

const collator = new Intl.Collator('en', { numeric: true });

/** A run that starts takes its place among the others. */
function sortByPath(): void {
  const sorted = [...runs.values()].sort((a, b) => collator.compare(a.path, b.path));
  runs.clear();
  for (const run of sorted) runs.set(run.id, run);
}

const events = new EventSource('events');
events.addEventListener('message', ({ data }) => {
  take(JSON.parse(data as string) as WatchMessage);
});
events.addEventListener('open', () => {
  byId('connection').hidden = true;
});
events.addEventListener('error', () => {
  const connection = byId('connection');
  connection.textContent =
    'bench watch has stopped; what is shown may be old. Start it again and this page goes on by itself.';
  connection.hidden = false;
});
