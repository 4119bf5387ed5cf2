import type { FoundRun } from '../find-runs.js';
import { differingSettings } from './differing-settings.js';
import type { RunFiles } from './read-run-files.js';

/**
 * What tables call configurations: their titles; where titles meet, names too; where names meet as well, the settings that differ.
 *
 * @param runs - One run of each configuration.
 */
export function labelConfigurations(runs: readonly FoundRun[], files: RunFiles): string[] {
  const titles = runs.map(({ result }) => result.title);
  const named = disambiguate(titles, (same) =>
    same.map((index) => `${titles[index]!} (${runs[index]!.result.name})`),
  );
  const settled = disambiguate(named, (same) => {
    const differing = differingSettings(same.map((index) => files.config(runs[index]!.folder)));
    return same.map((index, place) => {
      const settings = [...differing].map(([path, values]) => `${path} = ${values[place] ?? 'absent'}`);
      return settings.length === 0 ? titles[index]! : `${titles[index]!} (${settings.join(', ')})`;
    });
  });
  return disambiguate(settled, (same) =>
    same.map((index) => `${settled[index]!} (${runs[index]!.result.configuration.slice(0, 7)})`),
  );
}

/** Replaces the labels of each group of equal ones. */
function disambiguate(labels: readonly string[], relabel: (same: readonly number[]) => string[]): string[] {
  const result = [...labels];
  const groups = new Map<string, number[]>();
  for (const [index, label] of labels.entries()) groups.set(label, [...(groups.get(label) ?? []), index]);
  for (const same of groups.values()) {
    if (same.length === 1) continue;
    for (const [place, label] of relabel(same).entries()) result[same[place]!] = label;
  }
  return result;
}
