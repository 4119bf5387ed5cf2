import { existsSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { z } from 'zod';
import { readJsonFile } from '../records/read-json-file.js';
import { UserError } from '../records/user-error.js';
import { bundledExperiments, bundledLayers, bundledPart } from './bundled-experiments.js';
import { isSettings, type Settings } from './merge-settings.js';

/** Where settings are read from. */
export interface SettingsSource {
  /** A file, or the name of an experiment or part that comes with the bench, for messages. */
  readonly place: string;
  /** The later on top. Each may extend others, which lie below it. */
  readonly layers: readonly Settings[];
  /** The folder from which `extends` names files; the bench's own name none. */
  readonly folder?: string;
}

/**
 * Finds an experiment.
 *
 * @param nameOrPath - A JSON file of the user's own, or `<study>/<name>` of a bundled one.
 * @throws UserError that names what is near when there is none.
 */
export function findExperiment(nameOrPath: string): SettingsSource {
  // Whoever reads it says what else than a file it is.
  if (existsSync(nameOrPath) && !statSync(nameOrPath).isDirectory())
    return readFile(resolve(nameOrPath), undefined);
  const layers = bundledLayers(nameOrPath);
  if (layers) return { place: nameOrPath, layers };
  if (nameOrPath.endsWith('.json')) throw new UserError(`There is no file ${nameOrPath}.`);
  const study = nameOrPath.split('/')[0]!;
  const near = bundledExperiments().filter(
    ({ name }) => name.startsWith(`${study}/`) || name.endsWith(`/${nameOrPath}`),
  );
  throw new UserError(
    `There is no experiment ${nameOrPath}. ` +
      (near.length > 0
        ? `There is ${near.map(({ name }) => name).join(', ')}.`
        : 'See bench list, or give a JSON file.'),
  );
}

/** Finds what settings extend: a file next to theirs, else an experiment or a part that comes with the bench. */
export function findBase(base: string, { place, folder }: SettingsSource): SettingsSource {
  const path = folder === undefined ? undefined : resolve(folder, base);
  if (path !== undefined && existsSync(path)) return readFile(path, place);
  const layers = bundledLayers(base) ?? bundledPart(base);
  if (layers) return { place: base, layers };
  throw new UserError(
    `Cannot read ${path === undefined ? base : relative('.', path)}, which ${place} extends.`,
  );
}

function readFile(path: string, extendedBy: string | undefined): SettingsSource {
  const place = relative('.', path);
  const from = extendedBy === undefined ? '' : `, which ${extendedBy} extends,`;
  const value = readJsonFile(path, z.unknown(), { place: `${place}${from}` });
  if (!isSettings(value)) throw new UserError(`${place}${from} holds no JSON object.`);
  return { place, layers: [value], folder: dirname(path) };
}
