import { UserError } from '../records/user-error.js';
import { publishedCell } from './bundled-experiments.js';
import type { Experiment } from './experiment-schema.js';
import { findBase, findExperiment, type SettingsSource } from './find-experiment.js';
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
  const source = findExperiment(nameOrPath);
  const { set = [], seed, epochs, limitImages } = changes;
  const flags: Settings = {
    ...(seed === undefined ? {} : { seed }),
    ...(epochs === undefined ? {} : { training: { epochs } }),
    ...(limitImages === undefined ? {} : { dataset: { limitImages } }),
  };
  const settings = [...set.map(parseAssignment), flags].reduce(
    mergeSettings,
    extend(source, [], { sources: 0 }),
  );
  return parseExperiment(withPublished(settings), source.place);
}

/** The most files and parts that one experiment is made of: a base may extend others, which extend the same again. */
const mostSources = 1000;

function extend(source: SettingsSource, extending: readonly string[], count: { sources: number }): Settings {
  const { place } = source;
  count.sources += 1;
  if (count.sources > mostSources)
    throw new UserError(
      `${extending[0] ?? place} extends more than ${mostSources} files. Take some extends out.`,
    );
  if (extending.includes(place)) {
    throw new UserError(
      `${[...extending, place].join(' extends ')}: that is a circle. Take one extends out.`,
    );
  }
  const layers = source.layers.map(({ extends: bases = [], ...own }) => {
    const list: readonly unknown[] = Array.isArray(bases) ? bases : [bases];
    const below = list.map((base) => {
      if (typeof base === 'string') return extend(findBase(base, source), [...extending, place], count);
      throw new UserError(
        `${place}, at extends: give the path of a JSON file relative to this one, the name of an experiment as bench list shows it, or a list of such.`,
      );
    });
    return [...below, own].reduce(mergeSettings);
  });
  return layers.reduce(mergeSettings);
}

/** Published numbers that are named by paper, table and cell get the values that come with the bench. */
function withPublished(settings: Settings): Settings {
  const { reproduces } = settings;
  if (!Array.isArray(reproduces)) return settings;
  return {
    ...settings,
    reproduces: reproduces.map((each: unknown) => {
      if (!isSettings(each)) return each;
      const { paper, table, cell } = each;
      if (typeof paper !== 'string' || typeof table !== 'string' || typeof cell !== 'string') return each;
      return { ...publishedCell(paper, table, cell), ...each };
    }),
  };
}
