import { existsSync } from 'node:fs';
import { bundledDigest } from '../../experiment/bundled-digest.js';
import { findRuns, type FoundRuns } from '../../records/find-runs.js';
import type { RunFiles } from '../read-run-files.js';
import type { Configuration, LeftOut } from '../report-model.js';
import { summariseRuns } from '../summarise-runs.js';
import { UserError } from '../../records/user-error.js';

/** One side of a comparison. */
export interface Side {
  readonly study: string;
  readonly configuration: Configuration;
  readonly leftOut: readonly LeftOut[];
}

/**
 * The completed runs that a name stands for.
 *
 * @param name - A folder of runs, or `<study>/<name>` of an experiment whose runs are below `runsFolder`: where a sweep has varied its
 *   settings, those with the settings that it has by itself.
 * @throws UserError unless they are of exactly one configuration.
 */
export function findConfiguration(
  name: string,
  options: { readonly runsFolder: string; readonly files: RunFiles },
): Side {
  const { studies, leftOut } = summariseRuns(findByName(name, options.runsFolder), options.files);
  const all = studies.flatMap((study) =>
    study.configurations
      // Another study's table may show it too.
      .filter(({ runs }) => runs[0]!.result.study === study.name)
      .map((configuration) => ({ study: study.name, configuration })),
  );
  const itself = existsSync(name)
    ? undefined
    : all.find(({ configuration }) => configuration.digest === bundledDigest(name));
  const configurations = itself === undefined ? all : [itself];
  const [only, another] = configurations;
  if (only === undefined) {
    const [first] = leftOut;
    throw new UserError(
      `${name} has no completed run${first === undefined ? '' : `: ${first.path}: ${first.reason.replace(/\.$/, '')}`}.`,
    );
  }
  if (another !== undefined) {
    const names = configurations.map(
      ({ study, configuration }) => `${study}/${configuration.name} (${configuration.label})`,
    );
    throw new UserError(
      `${name} holds runs of ${names.length} configurations: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', ...' : ''}. Give the folder of one.`,
    );
  }
  return { ...only, leftOut };
}

function findByName(name: string, runsFolder: string): FoundRuns {
  if (existsSync(name)) return findRuns(name);
  const [study, experiment, ...more] = name.split('/');
  if (!existsSync(runsFolder) || experiment === undefined || more.length > 0)
    throw new UserError(
      `There is no folder ${name}; give one, or <study>/<name> of runs below --runs ${runsFolder}.`,
    );
  const found = findRuns(runsFolder);
  const runs = found.runs.filter(({ result }) => result.study === study && result.name === experiment);
  if (runs.length > 0) return { runs, unfinished: [], unreadable: [] };
  const names = [...new Set(found.runs.map(({ result }) => `${result.study}/${result.name}`))];
  throw new UserError(
    names.length === 0
      ? `There is no run below ${runsFolder}; give a folder of runs in place of ${name}.`
      : `There is no run of ${name} below ${runsFolder}; there is ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', ...' : ''}.`,
  );
}
