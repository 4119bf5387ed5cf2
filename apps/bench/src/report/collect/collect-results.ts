import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { findRuns, type FoundRun, type FoundRuns } from '../../records/find-runs.js';
import { readJsonFile } from '../../records/read-json-file.js';
import { readRegularFile } from '../../records/read-regular-file.js';
import { differingSettings } from '../differing-settings.js';
import { UserError } from '../../records/user-error.js';
import { writeFileDurably } from '../../records/write-file-durably.js';
import { checkRun } from './check-run.js';
import { resultText } from './result-text.js';
import type { Timing } from './timing.js';

/** How results are collected. */
export interface CollectOptions {
  /** Where results go: `<into>/<study>/<name>/seed-<n>/`. */
  readonly into: string;
  /** Whether the machine did anything else while the runs ran: if so, their speed is not shown. */
  readonly timing: Timing;
  /** Take the place of another result of the same study, name and seed. */
  readonly replace: boolean;
}

/** What became of the runs. */
export interface Collected {
  readonly collected: readonly {
    readonly run: string;
    readonly folder: string;
    readonly state: 'new' | 'unchanged' | 'replaced';
  }[];
  /** One sentence each. */
  readonly refused: readonly { readonly run: string; readonly reason: string }[];
  /** Folders of runs that have no result yet. */
  readonly unfinished: readonly string[];
}

/**
 * Copies what is left of runs when weights, checkpoints and predictions are taken away: `result.json`, `config.json` and
 * `environment.json`, a few kilobytes a run, which every command that reads runs reads as well. Diverged runs are results too.
 */
export function collectResults(runs: string, { into, timing, replace }: CollectOptions): Collected {
  const found = findRuns(runs);
  const known = existsSync(into) ? findRuns(into).runs : [];
  const collected: Collected['collected'][number][] = [];
  const refused: Collected['refused'][number][] = [...unreadable(found)];
  for (const run of found.runs) {
    try {
      const { study, name, seed } = run.result;
      const folder = join(into, study, name, `seed-${seed}`);
      if (resolve(folder) === run.folder)
        throw new UserError(`${run.folder} is where the result would go; give the folder of the runs.`);
      const { experiment, environment } = checkRun(run, runs);
      refuseOtherSettings(run, known, replace);
      const files = {
        'config.json': resultText(experiment),
        'environment.json': resultText({ ...withoutPaths(environment), timing }),
        'result.json': resultText(run.result),
      };
      const state = stateOf(folder, files['result.json'], replace);
      for (const [file, text] of Object.entries(files)) writeFileDurably(join(folder, file), [text]);
      collected.push({ run: run.folder, folder, state });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      refused.push({ run: run.folder, reason: error.message });
    }
  }
  return { collected, refused, unfinished: found.unfinished };
}

function unreadable({ unreadable: files }: FoundRuns): Collected['refused'] {
  return files.map(({ path, reason }) => ({ run: path, reason }));
}

function stateOf(folder: string, text: string, replace: boolean): 'new' | 'unchanged' | 'replaced' {
  const path = join(folder, 'result.json');
  if (!existsSync(path)) return 'new';
  if (readRegularFile(path).toString('utf8') === text) return 'unchanged';
  if (replace) return 'replaced';
  throw new UserError(
    `${folder} holds another run's result. Keep the first, or replace it with --replace: choosing among runs of one seed by their results is no experiment.`,
  );
}

/** One name is one configuration: what stands under it can then be quoted without more words. */
function refuseOtherSettings(
  { folder, result }: FoundRun,
  known: readonly FoundRun[],
  replace: boolean,
): void {
  const other = known.find(
    ({ result: { study, name, seed, configuration } }) =>
      study === result.study &&
      name === result.name &&
      configuration !== result.configuration &&
      !(replace && seed === result.seed),
  );
  if (other === undefined) return;
  const read = (run: string): unknown => readJsonFile(join(run, 'config.json'), z.unknown());
  const settings = [...differingSettings([read(other.folder), read(folder)])].map(
    ([path, [of, own]]) => `${path} (${of ?? 'absent'}, here ${own ?? 'absent'})`,
  );
  throw new UserError(
    `${folder} has other settings than ${relative('.', other.folder)}: ${settings.join(', ')}. Give the experiment a name of its own.`,
  );
}

/** Where things lay on the machine decides no number, and is nobody's business. */
function withoutPaths(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
      if (typeof inner === 'string' && isAbsolute(inner)) return [];
      if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return [[key, inner]];
      return [[key, withoutPaths(inner as Record<string, unknown>)]];
    }),
  );
}
