import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../user-error.js';

/** Where the experiments that come with the bench are. */
export const experimentsFolder = fileURLToPath(new URL('../../experiments/', import.meta.url));

/** Folders and files of this beginning are parts that experiments extend, not experiments. */
const partPrefix = '_';

/** An experiment that comes with the bench. */
export interface BundledExperiment {
  /** `<study>/<name>`, as `bench run` takes it. */
  readonly name: string;
  readonly path: string;
}

/** Every experiment that comes with the bench, sorted by name. */
export function bundledExperiments(): BundledExperiment[] {
  return readdirSync(experimentsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(partPrefix))
    .flatMap(({ name: study }) =>
      readdirSync(join(experimentsFolder, study))
        .filter((file) => file.endsWith('.json') && !file.startsWith(partPrefix))
        .map((file) => ({
          name: `${study}/${file.slice(0, -'.json'.length)}`,
          path: join(experimentsFolder, study, file),
        })),
    )
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

/**
 * The file of an experiment.
 *
 * @param nameOrPath - A JSON file of the user's own, or `<study>/<name>` of a bundled one.
 * @throws UserError that names what is near when there is none.
 */
export function findExperiment(nameOrPath: string): string {
  if (existsSync(nameOrPath) && statSync(nameOrPath).isFile()) return resolve(nameOrPath);
  const bundled = bundledExperiments();
  const found = bundled.find(({ name }) => name === nameOrPath);
  if (found) return found.path;
  if (nameOrPath.endsWith('.json')) throw new UserError(`There is no file ${nameOrPath}.`);
  const study = nameOrPath.split('/')[0]!;
  const near = bundled.filter(({ name }) => name.startsWith(`${study}/`) || name.endsWith(`/${nameOrPath}`));
  throw new UserError(
    `There is no experiment ${nameOrPath}. ` +
      (near.length > 0
        ? `There is ${near.map(({ name }) => name).join(', ')}.`
        : 'See bench list, or give a JSON file.'),
  );
}
