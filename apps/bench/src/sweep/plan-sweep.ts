import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configurationDigest } from '../experiment/configuration-digest.js';
import type { Experiment } from '../experiment/experiment-schema.js';
import { bundledExperiments } from '../experiment/bundled-experiments.js';
import { resolveExperiment } from '../experiment/resolve-experiment.js';
import { UserError } from '../records/user-error.js';
import { gridPoints, type GridPoint } from './grid-points.js';
import type { Sweep } from './sweep-schema.js';

const mostRuns = 10_000;
/** A file's or folder's name has 255 bytes at most; a run's id has endings added. */
const longestName = 255;
const longestId = 230;
/** Folders in a sweep's output folder that hold other things than runs. */
const reservedStudies: readonly string[] = ['sweeps', 'remote'];

/** One run of a sweep. */
export interface PlannedRun {
  /** Depends on the resolved experiment alone. */
  readonly id: string;
  readonly experiment: Experiment;
  /** Relative to the sweep's output folder: `<study>/<name>/seed-<n>`, the grid's values after the name. */
  readonly folder: string;
  /** What to type after `bench run` for the same experiment. */
  readonly words: readonly string[];
}

/** Flags that hold for every run. */
export interface SweepChanges {
  readonly epochs?: number | undefined;
  readonly limitImages?: number | undefined;
}

/**
 * The runs of a sweep, every one resolved and checked.
 *
 * @param file - The sweep's file: its experiments are relative to it, and errors name it.
 * @throws UserError when an experiment does not exist or is impossible, or two runs are the same.
 */
export function planSweep(sweep: Sweep, file: string, changes: SweepChanges = {}): PlannedRun[] {
  const points = gridPoints(sweep.grid);
  const experiments = sweep.experiments.flatMap((entry) => findExperiments(entry, file));
  const count = experiments.length * points.length * sweep.seeds.length;
  if (count > mostRuns)
    throw new UserError(`${file} makes ${count} runs; ${mostRuns} is the most. Split it into several files.`);
  const runs = experiments.flatMap((experiment) =>
    points.flatMap((point) =>
      sweep.seeds.map((seed) => planRun(experiment, { sweep, file, changes, point, seed })),
    ),
  );
  refuseDuplicates(runs, file);
  return runs;
}

function findExperiments(entry: string, file: string): string[] {
  if (!entry.endsWith('/*')) {
    const beside = join(dirname(file), entry);
    return [entry.endsWith('.json') && existsSync(beside) ? beside : entry];
  }
  const found = bundledExperiments().filter(({ name }) => name.startsWith(entry.slice(0, -1)));
  if (found.length === 0)
    throw new UserError(`${file}, at experiments: no study matches ${entry}. See bench list.`);
  return found.map(({ name }) => name);
}

function planRun(
  nameOrPath: string,
  {
    sweep,
    file,
    changes,
    point,
    seed,
  }: {
    readonly sweep: Sweep;
    readonly file: string;
    readonly changes: SweepChanges;
    readonly point: GridPoint;
    readonly seed: number;
  },
): PlannedRun {
  const shared = Object.entries(sweep.set).map(([path, value]) => ({ path, value }));
  const set = [...shared, ...point.settings].map(({ path, value }) => `${path}=${settingText(value)}`);
  try {
    const plain = resolveExperiment(nameOrPath, { ...changes, set, seed });
    // Tables and progress lines could not tell the grid's points apart.
    const titled = set.some((assignment) => assignment.startsWith('title='));
    if (point.label !== '' && !titled) {
      set.push(
        `title=${settingText(`${plain.title}, ${point.label.replaceAll(',', ', ').replaceAll('=', ' ')}`)}`,
      );
    }
    const experiment = resolveExperiment(nameOrPath, { ...changes, set, seed });
    const { study, name } = experiment;
    const id = runId(experiment);
    if (study.length > longestName || id.length > longestId)
      throw new UserError(`${study}/${name} is too long for the name of a folder; shorten study or name.`);
    if (reservedStudies.includes(study)) {
      throw new UserError(
        `the study of ${name} is ${study}, whose folder holds other files of sweeps; give it another name.`,
      );
    }
    return {
      id,
      experiment,
      folder: `${study}/${folderName(name, point.label)}/seed-${seed}`,
      words: [
        nameOrPath,
        ...['--seed', String(seed)],
        ...set.flatMap((assignment) => ['--set', assignment]),
        ...(changes.epochs === undefined ? [] : ['--epochs', String(changes.epochs)]),
        ...(changes.limitImages === undefined ? [] : ['--limit-images', String(changes.limitImages)]),
      ],
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const where = set.length === 0 ? '' : `, with ${set.join(' and ')}`;
    throw new UserError(`${file}${where}: ${error.message}`, { cause: error });
  }
}

/** A value as `--set` reads it: bare where that is the same string, else JSON. */
function settingText(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  try {
    JSON.parse(value);
    return JSON.stringify(value);
  } catch {
    return value;
  }
}

/** Name and label, as far as a folder's name can hold both; the digest tells shortened ones apart. */
function folderName(name: string, label: string): string {
  const whole = label === '' ? name : `${name},${label}`;
  if (whole.length <= longestName) return whole;
  const digest = createHash('sha256').update(whole).digest('hex').slice(0, 16);
  return `${whole.slice(0, longestName - digest.length - 1)}-${digest}`;
}

function runId(experiment: Experiment): string {
  const { study, name, seed } = experiment;
  const content = JSON.stringify([study, name, seed, configurationDigest(experiment)]);
  return `${name}-seed-${seed}-${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
}

function refuseDuplicates(runs: readonly PlannedRun[], file: string): void {
  const ids = new Set<string>();
  const folders = new Set<string>();
  for (const { id, folder, experiment } of runs) {
    const name = `${experiment.study}/${experiment.name} (${experiment.title}) with seed ${experiment.seed}`;
    if (ids.has(id)) {
      throw new UserError(
        `${file} makes the same run twice: ${name}. Take out what is given twice in experiments, grid or seeds.`,
      );
    }
    if (folders.has(folder.toLowerCase())) {
      throw new UserError(
        `${file} makes two different runs ${name}, which would share a folder. Give one experiment another name.`,
      );
    }
    ids.add(id);
    folders.add(folder.toLowerCase());
  }
}
