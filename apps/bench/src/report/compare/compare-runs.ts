import { printJson } from '../../printing/print-json.js';
import { differingSettings } from '../differing-settings.js';
import { plainText } from '../markup.js';
import { metricScale, type MetricScale } from '../metric-scale.js';
import { readRunFiles, type RunFiles } from '../read-run-files.js';
import { placeText } from '../row-text.js';
import type { RunResult } from '../../records/run-result.js';
import { UserError } from '../../records/user-error.js';
import { compareSeeds, seedValues, type SeedComparison } from './compare-seeds.js';
import { compareText } from './compare-text.js';
import { findConfiguration, type Side } from './find-configuration.js';

/** What `bench compare` was asked for. */
export interface CompareOptions {
  readonly metric?: string;
  readonly at: 'final' | 'best';
  readonly runs: string;
  readonly json?: true;
}

/** Compares two configurations over the seeds that both have, and prints what follows. */
export function compareRuns(nameA: string, nameB: string, options: CompareOptions): void {
  const files: RunFiles = {
    ...readRunFiles([nameA, nameB, options.runs], (_path, reason) => process.stderr.write(`${reason}\n`)),
    evaluation: () => undefined,
  };
  const find = (name: string): Side => findConfiguration(name, { runsFolder: options.runs, files });
  const [a, b] = [find(nameA), find(nameB)];
  const metric = commonMetric(a, b, options.metric);
  const values = ({ configuration }: Side): ReturnType<typeof seedValues> =>
    seedValues(
      configuration.runs.map(({ result }) => result),
      metric.name,
      options.at,
    );
  const comparison = compareSeeds(values(a), values(b));
  if (comparison === undefined) {
    const seeds = (side: Side): string =>
      values(side)
        .map(({ seed }) => seed)
        .join(', ');
    throw new UserError(
      `A and B have no seed in common: A has ${seeds(a)}, B has ${seeds(b)}. Run one of them with the other's seeds.`,
    );
  }
  const settings = differingSettings(
    [a, b].map(({ configuration }) => files.config(configuration.runs[0]!.folder)),
  );
  if (options.json) {
    const { a: meanA, b: meanB, ...rest } = comparison;
    printJson({
      metric: metric.name,
      higherIsBetter: metric.higherIsBetter ?? null,
      at: options.at,
      a: describeSide(a),
      b: describeSide(b),
      ...rest,
      means: { a: meanA, b: meanB },
      settings: Object.fromEntries(
        [...settings].map(([path, [of, other]]) => [path, { a: of ?? null, b: other ?? null }]),
      ),
    });
    return;
  }
  const lines = [
    ...(['A', 'B'] as const).map((letter, index) => {
      const { study, configuration } = [a, b][index]!;
      return `${letter}  ${plainText(configuration.label)} (${plainText(`${study}/${configuration.name}`)})`;
    }),
    '',
    compareText(comparison, metric, options.at),
    ...notes({ a, b, comparison, settings }),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function commonMetric(a: Side, b: Side, asked: string | undefined): MetricScale {
  const names = ({ configuration }: Side): string[] => [
    ...new Set(configuration.runs.flatMap(({ result }) => Object.keys(result.final?.metrics ?? {}))),
  ];
  const shared = names(a).filter((name) => names(b).includes(name));
  const [first, second] = [judgedBy(a), judgedBy(b)];
  const choice =
    shared.length === 0 ? 'They have no metric in common.' : `Choose with --metric: ${shared.join(', ')}.`;
  if (asked === undefined && first.name !== second.name)
    throw new UserError(`A is judged by ${first.name} and B by ${second.name}. ${choice}`);
  const name = asked ?? first.name;
  if (!shared.includes(name)) throw new UserError(`A and B do not both have ${name}. ${choice}`);
  if (first.name === name && second.name === name && first.unit !== second.unit)
    throw new UserError(
      `A has ${name} in ${first.unit ?? 'no unit'} and B in ${second.unit ?? 'no unit'}: they cannot be compared.`,
    );
  return metricScale(name, first.name === name ? first : second.name === name ? second : undefined);
}

function judgedBy({ configuration }: Side): RunResult['metric'] {
  return configuration.runs[0]!.result.metric;
}

function describeSide({ study, configuration, leftOut }: Side): unknown {
  const { label, name, digest, runs } = configuration;
  return {
    label,
    study,
    name,
    configuration: digest,
    runs: runs.map(({ folder, result }) => ({ folder, seed: result.seed })),
    leftOut,
  };
}

interface Compared {
  readonly a: Side;
  readonly b: Side;
  readonly comparison: SeedComparison;
  readonly settings: ReturnType<typeof differingSettings>;
}

/** What else may explain a difference, or weakens it. */
function notes({ a, b, comparison, settings }: Compared): string[] {
  const lines: string[] = [];
  const { onlyA, onlyB } = comparison;
  if (onlyA.length > 0) lines.push(`Only A has seed ${onlyA.join(', ')}: not counted.`);
  if (onlyB.length > 0) lines.push(`Only B has seed ${onlyB.join(', ')}: not counted.`);
  for (const [letter, { leftOut }] of [['A', a] as const, ['B', b] as const])
    for (const { kind, path, reason } of leftOut)
      lines.push(`Left out of ${letter}: ${kind}, ${plainText(path)}. ${plainText(reason)}`);
  if (a.configuration.digest === b.configuration.digest) lines.push('A and B have the same settings.');
  else if (settings.size > 0) lines.push(`They differ in ${settingsText(settings)}.`);
  const [placeA, placeB] = [placeText(a.configuration), placeText(b.configuration)];
  for (const key of ['commit', 'machine'] as const)
    if (placeA[key] !== placeB[key])
      lines.push(`Of another ${key}: A ${plainText(placeA[key])}; B ${plainText(placeB[key])}.`);
  return lines.length === 0 ? [] : ['', ...lines];
}

function settingsText(settings: Compared['settings']): string {
  const shown = [...settings].map(
    ([path, [of, other]]) => `${path} (${of ?? 'absent'}, ${other ?? 'absent'})`,
  );
  const rest = shown.length - 12;
  return plainText(`${shown.slice(0, 12).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`);
}
