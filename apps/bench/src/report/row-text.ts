import type { RunResult } from '../records/run-result.js';
import { assumedPublishedRuns } from './compare-with-published.js';
import { reproduceCommand } from './reproduce-command.js';
import { numberText } from './number-text.js';
import type { Configuration, Report, ResultRow, ResultTable, Study } from './report-model.js';

/** A row of a table of results in words, before any escaping. */
export interface RowText {
  readonly configuration: string;
  readonly published: string;
  readonly ours: string;
  /** `3`, or `1 run` or `3, 1 diverged`. */
  readonly n: string;
  readonly difference: string;
  readonly verdict: string;
  readonly best: string;
  /** Where the published number is from, and what differs. */
  readonly source: string | undefined;
}

/** The columns of a table of results. */
export const resultHeadings = {
  configuration: 'configuration',
  published: 'published',
  ours: 'ours, last epoch',
  n: 'runs',
  difference: 'difference',
  verdict: 'verdict',
  best: 'best epoch',
} as const;

/** The columns that these rows need: those about published numbers only where there are any. */
export function resultColumns(rows: readonly RowText[]): (keyof typeof resultHeadings)[] {
  return rows.some(({ source }) => source !== undefined)
    ? ['configuration', 'ours', 'published', 'difference', 'verdict', 'n', 'best']
    : ['configuration', 'ours', 'n', 'best'];
}

/** Puts a row's numbers into words. */
export function rowText(row: ResultRow, { metric, decimals }: ResultTable): RowText {
  const text = numberText(metric, decimals);
  const { configuration, final, best, published, comparison } = row;
  const { diverged, unfinished } = configuration;
  const n = [
    final.n === 1 ? 'one' : String(final.n),
    ...(diverged > 0 ? [`${diverged} diverged`] : []),
    ...(unfinished > 0 ? [`${unfinished} unfinished`] : []),
  ];
  const judged = comparison?.interval ? ` (${text.interval(comparison.interval)})` : '';
  return {
    configuration: configuration.label,
    published:
      published === undefined
        ? '–'
        : published.value === undefined
          ? 'drawn only'
          : text.spread(published.value, published.deviation),
    ours: text.spread(final.mean, final.deviation),
    n: n.join(', '),
    difference: comparison === undefined ? '–' : `${text.difference(comparison.difference)}${judged}`,
    verdict: comparison?.verdict ?? (published?.comparable === false ? 'other data' : '–'),
    best: text.spread(best.mean, best.deviation),
    source: published && sourceText(row),
  };
}

/** The rows of what diverged with every seed, in a table of this metric: no number, and what it stands beside. */
export function divergedRows(
  { alwaysDiverged, tables }: Study,
  { metric, decimals }: ResultTable,
): RowText[] {
  const text = numberText(metric, decimals);
  // Where runs are judged by several metrics, one table says it.
  if (tables[0]?.metric !== metric) return [];
  return alwaysDiverged.flatMap(({ label, runs, unfinished, published }) => {
    const beside = published.filter((each) => each.metric === metric.name);
    return (beside.length === 0 ? [undefined] : beside).map((each) => ({
      configuration: label,
      published: each?.value === undefined ? '–' : text.spread(each.value, each.deviation),
      ours: 'diverged',
      n: [`none, ${runs} diverged`, ...(unfinished > 0 ? [`${unfinished} unfinished`] : [])].join(', '),
      difference: '–',
      verdict: 'diverged',
      best: '–',
      source: each && sourceText({ published: each }),
    }));
  });
}

function sourceText({ published, comparison }: Pick<ResultRow, 'published' | 'comparison'>): string {
  const { paper, table, cell, differs, deviation, runs } = published!;
  const notes = [`${paper}, ${table}: ${cell}.`];
  if (differs !== undefined) notes.push(`Here: ${/[.!?]$/.test(differs) ? differs : `${differs}.`}`);
  if (comparison?.judgedBy === 'ours') notes.push('Its spread is not published: judged by ours alone.');
  if (comparison?.judgedBy === 'Welch' && deviation !== undefined && runs === undefined)
    notes.push(`Its number of runs is not given: taken as ${assumedPublishedRuns}.`);
  return notes.join(' ');
}

/** What a configuration's runs took and where they ran, in words. */
export interface PlaceText {
  readonly configuration: string;
  readonly parameters: string;
  readonly epochs: string;
  readonly time: string;
  readonly imagesPerSecond: string;
  readonly machine: string;
  readonly versions: string;
  readonly commit: string;
  /** Repeats the first of the runs; the others have seeds of their own. */
  readonly command: string;
}

/** The columns of a table of time and place; the runs' links stand after them. */
export const placeHeadings = {
  configuration: 'configuration',
  parameters: 'parameters',
  epochs: 'epochs',
  time: 'time a run',
  imagesPerSecond: 'images/s',
  machine: 'machine',
  versions: 'versions',
  commit: 'commit',
  command: 'command of the first seed',
} as const;

/** Puts into words what a configuration's runs took. */
export function placeText(configuration: Configuration): PlaceText {
  const { label, runs, environments } = configuration;
  const results = runs.map(({ result }) => result);
  const timed = environments.every(({ timing }) => timing !== 'beside other work');
  const mean = (value: (result: RunResult) => number): number =>
    results.reduce((sum, result) => sum + value(result), 0) / results.length;
  const each = (value: (result: RunResult) => string): string => [...new Set(results.map(value))].join('; ');
  return {
    configuration: label,
    parameters: each(({ parameters }) => parameters.toLocaleString('en')),
    epochs: each(({ epochs }) => String(epochs)),
    time: timed ? durationText(mean(({ seconds }) => seconds)) : '–',
    imagesPerSecond: timed ? mean(({ imagesPerSecond }) => imagesPerSecond).toFixed(0) : '–',
    machine: [
      ...new Set(
        results.map(({ environment }, index) => machineText(environment, environments[index]?.threads)),
      ),
    ].join('; '),
    versions: each(({ environment }) => versionsText(environment)),
    commit: each(({ environment }) => commitText(environment)),
    command: reproduceCommand(configuration),
  };
}

function machineText({ cpu, cores, mode }: RunResult['environment'], threads: number | undefined): string {
  return [
    `${cpu}, ${cores} ${cores === 1 ? 'core' : 'cores'}`,
    ...(threads === undefined || threads === cores
      ? []
      : [`${threads} ${threads === 1 ? 'thread' : 'threads'}`]),
    ...(mode === 'graph' ? [] : [mode]),
  ].join(', ');
}

function versionsText({ tensorflow, tfjs, node }: RunResult['environment']): string {
  return [
    ...(tensorflow === null ? [] : [`TensorFlow ${tensorflow}`]),
    `TensorFlow.js ${tfjs}`,
    `Node ${node.replace(/^v/, '')}`,
  ].join(', ');
}

function commitText({ commit, dirty, bench }: RunResult['environment']): string {
  if (commit === null) return `version ${bench}`;
  return `${commit.slice(0, 7)}${dirty === true ? ' + changes' : ''}`;
}

function durationText(seconds: number): string {
  if (seconds < 90) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** How many runs, of how many configurations, in words. */
export function scopeText({ studies, leftOut }: Report): string {
  const configurations = studies.flatMap((study) => study.configurations);
  // A run that two studies show is one.
  const runs = new Set(configurations.flatMap((each) => each.runs.map(({ folder }) => folder))).size;
  const digests = new Set(configurations.map(({ name, digest }) => `${name} ${digest}`)).size;
  const counted = (count: number, one: string, many = `${one}s`): string =>
    `${count} ${count === 1 ? one : many}`;
  return (
    `${counted(runs, 'completed run')} of ${counted(digests, 'configuration')} in ` +
    counted(studies.length, 'study', 'studies') +
    (leftOut.length === 0 ? '.' : `; ${counted(leftOut.length, 'other')} left out, see below.`)
  );
}

/** How a report's tables are to be read: whole sentences, in plain text. */
export const readingNotes: readonly string[] = [
  'Ours: the mean over seeds ± the sample standard deviation, both after the last epoch. Runs that diverged or did not end are in no mean; they are listed apart.',
  'Best epoch: the mean at the epoch that was best on the test set. That is a selection on the test set and so too good; it is shown because many papers report it.',
  "Difference: ours minus the published value, with its 95 % confidence interval by Welch's t test, or by our spread alone where no published one is known. Within noise: the interval holds 0, which with few runs it often does; it is no proof of equality. One run is never judged. Other data: the published number is of other data or in another unit; nothing is subtracted.",
  'Time and images a second are those of the training itself; – where the machine did other work beside it, so that its time says nothing of its speed.',
  'The command repeats the first of a row’s runs, number for number at the same commit, on the same machine and with as many threads; the others differ by --seed. Another commit, processor or number of threads adds up in another order: expect another draw of the same spread.',
];

/** What a study is shown to stand beside its numbers: each published source once, numbered from 1. */
export function numberSources(rows: readonly RowText[]): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const { source } of rows)
    if (source !== undefined && !numbers.has(source)) numbers.set(source, numbers.size + 1);
  return numbers;
}
