import type { FoundRun } from '../../records/find-runs.js';
import { bundledDigest } from '../../experiment/bundled-digest.js';

/** The runs of one configuration that ended, by seed: completed ones and diverged ones. */
export type SeedRuns = ReadonlyMap<number, FoundRun>;

/**
 * Finds runs by `<study>/<name>`; where there are none, those of an experiment of another name that has the same settings. Where a name stands for several configurations, the one that the experiment of that name has now is
 * taken, else the one with most runs; of runs with the same seed, the last.
 */
export function resultsByName(runs: readonly FoundRun[]): (name: string) => SeedRuns {
  const byName = new Map<string, FoundRun[]>();
  const ended = runs.filter(({ result }) => result.status !== 'interrupted');
  for (const run of ended) {
    const { study, name } = run.result;
    const key = `${study}/${name}`;
    byName.set(key, [...(byName.get(key) ?? []), run]);
  }
  return (name) => {
    const all =
      byName.get(name) ?? ended.filter(({ result }) => result.configuration === bundledDigest(name));
    const chosen = chooseConfiguration(name, all);
    const sorted = all
      .filter(({ result }) => result.configuration === chosen)
      .sort(
        ({ result: left }, { result: right }) => Date.parse(left.finishedAt) - Date.parse(right.finishedAt),
      );
    return new Map(sorted.map((run) => [run.result.seed, run]));
  };
}

function chooseConfiguration(name: string, runs: readonly FoundRun[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { result } of runs)
    counts.set(result.configuration, (counts.get(result.configuration) ?? 0) + 1);
  if (counts.size < 2) return [...counts.keys()][0];
  const own = bundledDigest(name);
  if (own !== undefined && counts.has(own)) return own;
  return [...counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))[0]![0];
}
