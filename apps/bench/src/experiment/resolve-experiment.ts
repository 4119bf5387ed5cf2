import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { z } from 'zod';
import { readJsonFile } from '../records/read-json-file.js';
import { UserError } from '../user-error.js';
import type { Experiment } from './experiment-schema.js';
import { bundledExperiments, findExperiment } from './find-experiment.js';
import { isSettings, mergeSettings, type Settings } from './merge-settings.js';
import { parseAssignment } from './parse-assignment.js';
import { parseExperiment } from './parse-experiment.js';

/** What flags may change of an experiment; the resolved file says so. */
export interface Changes {
  /** `path=value`, in this order. */
  readonly set?: readonly string[] | undefined;
  readonly seed?: number | undefined;
  readonly epochs?: number | undefined;
  readonly limitImages?: number | undefined;
}

/**
 * Reads an experiment: what it extends (one file or several, the later ones on top), then itself, then the flags' changes; checked,
 * with every default filled in.
 *
 * @param nameOrPath - A JSON file of the user's own, or `<study>/<name>` of a bundled one.
 * @throws UserError that names the file and the key at fault.
 */
export function resolveExperiment(nameOrPath: string, changes: Changes = {}): Experiment {
  const path = findExperiment(nameOrPath);
  const { set = [], seed, epochs, limitImages } = changes;
  const flags: Settings = {
    ...(seed === undefined ? {} : { seed }),
    ...(epochs === undefined ? {} : { training: { epochs } }),
    ...(limitImages === undefined ? {} : { dataset: { limitImages } }),
  };
  const settings = [...set.map(parseAssignment), flags].reduce(
    mergeSettings,
    readExtended(path, [], { files: 0 }),
  );
  return parseExperiment(settings, relative('.', path));
}

/** The most files that one experiment is made of: a base may extend others, which extend the same again. */
const mostFiles = 1000;

function readExtended(path: string, extending: readonly string[], count: { files: number }): Settings {
  const place = relative('.', path);
  count.files += 1;
  if (count.files > mostFiles)
    throw new UserError(
      `${relative('.', extending[0] ?? path)} extends more than ${mostFiles} files. Take some extends out.`,
    );
  if (extending.includes(path)) {
    throw new UserError(
      `${[...extending, path].map((file) => relative('.', file)).join(' extends ')}: that is a circle. Take one extends out.`,
    );
  }
  const { extends: bases = [], ...own } = readSettings(path, extending.at(-1));
  const list: readonly unknown[] = Array.isArray(bases) ? bases : [bases];
  const settings = list.map((base) => {
    if (typeof base === 'string') return readExtended(findBase(base, path), [...extending, path], count);
    throw new UserError(
      `${place}, at extends: give the path of a JSON file relative to this one, the name of an experiment as bench list shows it, or a list of such.`,
    );
  });
  return [...settings, own].reduce(mergeSettings);
}

/** The file beside the one that extends it; where there is none, the experiment of that name that comes with the bench. */
function findBase(base: string, path: string): string {
  const beside = resolve(dirname(path), base);
  if (existsSync(beside)) return beside;
  return bundledExperiments().find(({ name }) => name === base)?.path ?? beside;
}

function readSettings(path: string, extendedBy: string | undefined): Settings {
  const place = relative('.', path);
  const from = extendedBy === undefined ? '' : `, which ${relative('.', extendedBy)} extends,`;
  const value = readJsonFile(path, z.unknown(), { place: `${place}${from}` });
  if (!isSettings(value)) throw new UserError(`${place}${from} holds no JSON object.`);
  return value;
}
