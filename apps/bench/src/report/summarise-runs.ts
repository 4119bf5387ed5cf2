import { group } from 'd3-array';
import { compareNaturally, type FoundRun, type FoundRuns } from '../records/find-runs.js';
import { describeSample } from './statistics/sample.js';
import { compareWithPublished } from './compare-with-published.js';
import { labelConfigurations } from './label-configurations.js';
import { decimalsFor, metricScale } from './metric-scale.js';
import type { RunFiles } from './read-run-files.js';
import { valueUnit } from './value-unit.js';
import type { Configuration, LeftOut, Report, ResultRow, ResultTable, Study } from './report-model.js';

/** Sorts runs into studies and configurations, and averages those that completed; nothing else enters an average. */
export function summariseRuns(found: FoundRuns, files: RunFiles): Report {
  const leftOut: LeftOut[] = [
    ...found.unreadable.map(({ path, reason }) => ({ kind: 'unreadable' as const, path, reason })),
    ...found.unfinished.map((path) => ({
      kind: 'no result' as const,
      path,
      reason: 'It has no result: it is still running, or was killed; go on with --resume.',
    })),
  ];
  const studies = [...group(found.runs.flatMap(placements), ({ study }) => study)]
    .sort(([left], [right]) => compareNaturally(left, right))
    .map(([name, placed]) => {
      const own = placed.filter(({ run }) => run.result.study === name);
      const others = placed.filter(({ run }) => run.result.study !== name);
      const groups = [
        ...groupRuns(own, { files, leftOut }),
        // Their own study has said which of them are left out.
        ...groupRuns(others, { files, leftOut: [] }),
      ];
      return summariseStudy(name, groups, files);
    })
    .filter(({ configurations }) => configurations.length > 0);
  return { studies, leftOut: leftOut.sort((left, right) => compareNaturally(left.path, right.path)) };
}

interface Context {
  readonly files: RunFiles;
  readonly leftOut: LeftOut[];
}

interface Placement {
  readonly study: string;
  readonly run: FoundRun;
}

/** The studies whose tables show a run, in each with the published numbers that stand there. */
function placements(run: FoundRun): Placement[] {
  const { result } = run;
  const of = (study: string): Placement => ({
    study,
    run: {
      ...run,
      result: {
        ...result,
        reproduces: result.reproduces.filter((published) => (published.study ?? result.study) === study),
      },
    },
  });
  const names = new Set([result.study, ...result.reproduces.flatMap(({ study = [] }) => study)]);
  return [...names].map(of);
}

type Group = ReturnType<typeof sortOut>;

function groupRuns(placed: readonly Placement[], context: Context): Group[] {
  const runs = placed.map(({ run }) => run);
  return [...group(runs, ({ result }) => `${result.study}\n${result.name}\n${result.configuration}`).values()]
    .map((group) => sortOut(group, context))
    .filter(({ completed, diverged }) => completed.length > 0 || diverged.length > 0);
}

function firstRun({ completed, diverged }: Group): FoundRun {
  return (completed[0] ?? diverged[0])!;
}

function summariseStudy(name: string, unsorted: readonly Group[], files: RunFiles): Study {
  const all = [...unsorted].sort((left, right) =>
    compareNaturally(firstRun(left).result.name, firstRun(right).result.name),
  );
  const allLabels = labelConfigurations(all.map(firstRun), files);
  const groups = all.filter(({ completed }) => completed.length > 0);
  const labels = allLabels.filter((_, index) => all[index]!.completed.length > 0);
  const configurations = groups.map(({ completed, diverged, unfinished }, index): Configuration => {
    const { result } = completed[0]!;
    const evaluation = firstEvaluation(completed, files);
    return {
      label: labels[index]!,
      name: result.name,
      digest: result.configuration,
      runs: completed,
      environments: completed.map(({ folder }) => files.environment(folder)),
      diverged: diverged.length,
      unfinished,
      ...(evaluation && { evaluation }),
    };
  });
  return {
    name,
    configurations,
    alwaysDiverged: all.flatMap((group, index) =>
      group.completed.length > 0
        ? []
        : [
            {
              label: allLabels[index]!,
              runs: group.diverged.length,
              unfinished: group.unfinished,
              published: group.diverged[0]!.result.reproduces,
            },
          ],
    ),
    tables: metricNames(configurations).map((metric) => table(metric, configurations, files)),
  };
}

/** Keeps the completed runs, the newest of each seed, and says of every other why it is left out. */
function sortOut(
  runs: readonly FoundRun[],
  { leftOut }: Context,
): { completed: FoundRun[]; diverged: FoundRun[]; unfinished: number } {
  let unfinished = 0;
  const diverged: FoundRun[] = [];
  const newest = new Map<number, FoundRun>();
  const leave = ({ folder, result }: FoundRun, kind: LeftOut['kind'], reason: string): void => {
    leftOut.push({ kind, path: folder, run: `${result.study}/${result.name}, seed ${result.seed}`, reason });
  };
  for (const run of [...runs].sort((left, right) => compareTimes(left, right))) {
    const { status, reason = 'it finished no epoch', final, seed } = run.result;
    if (status === 'diverged') {
      diverged.push(run);
      leave(run, 'diverged', `It diverged: ${reason}.`);
    } else if (status === 'interrupted' || final === null) {
      unfinished += 1;
      leave(run, 'interrupted', `It did not end: ${reason}.`);
    } else {
      const earlier = newest.get(seed);
      if (earlier)
        leave(
          earlier,
          'repeated',
          'A later run has the same settings and seed: counted twice, one draw would pass for two.',
        );
      newest.set(seed, run);
    }
  }
  const completed = [...newest.values()].sort((left, right) => left.result.seed - right.result.seed);
  return { completed, diverged, unfinished };
}

function compareTimes({ result: left }: FoundRun, { result: right }: FoundRun): number {
  return Date.parse(left.finishedAt) - Date.parse(right.finishedAt);
}

function firstEvaluation(runs: readonly FoundRun[], files: RunFiles): Configuration['evaluation'] {
  for (const { folder, result } of runs) {
    const details = files.evaluation(folder);
    if (details !== undefined) return { seed: result.seed, details };
  }
  return undefined;
}

/** Every metric of the runs' last epochs; what runs are judged by comes first, then published ones. */
function metricNames(configurations: readonly Configuration[]): string[] {
  const results = configurations.flatMap(({ runs }) => runs.map(({ result }) => result));
  const names = new Set([
    ...results.map(({ metric }) => metric.name),
    ...results.flatMap(({ reproduces }) => reproduces.map(({ metric }) => metric)),
    ...results.flatMap(({ final }) => Object.keys(final!.metrics)),
  ]);
  return [...names].filter((name) => results.some(({ final }) => final!.metrics[name] !== undefined));
}

function table(name: string, configurations: readonly Configuration[], files: RunFiles): ResultTable {
  const judged = configurations.flatMap(({ runs }) => runs.map(({ result }) => result.metric));
  const unit = configurations.find(({ evaluation }) => evaluation?.details.valueUnit !== undefined);
  const own = judged.find((metric) => metric.name === name);
  const metric = metricScale(
    name,
    own,
    own?.unit ??
      (/error$/i.test(name)
        ? (unit?.evaluation?.details.valueUnit ?? valueUnit(files.config(configurations[0]!.runs[0]!.folder)))
        : undefined),
  );
  const rows = configurations.flatMap((configuration) =>
    tableRows(name, configuration, metric.higherIsBetter),
  );
  return {
    metric,
    rows,
    decimals: decimalsFor(
      metric,
      rows.map(({ final }) => final.mean),
    ),
  };
}

function tableRows(
  name: string,
  configuration: Configuration,
  higherIsBetter: boolean | undefined,
): ResultRow[] {
  const measured = configuration.runs.filter(({ result }) => result.final!.metrics[name] !== undefined);
  if (measured.length === 0) return [];
  const seeds = measured.map(({ result }) => ({ seed: result.seed, final: result.final!.metrics[name]! }));
  const final = describeSample(seeds.map(({ final: value }) => value));
  const best = describeSample(
    measured.map(
      ({ result }) => (result.best ?? result.final!).metrics[name] ?? result.final!.metrics[name]!,
    ),
  );
  const newest = [...measured].sort(compareTimes).at(-1)!;
  const published = newest.result.reproduces.filter(({ metric }) => metric === name);
  const row = { configuration, seeds, final, best };
  if (published.length === 0) return [row];
  return published.map((each) => {
    const comparison = compareWithPublished(final, each, higherIsBetter);
    return { ...row, published: each, ...(comparison && { comparison }) };
  });
}
