import type { FoundRun } from '../records/find-runs.js';
import { datasetOfConfig } from './dataset-of-config.js';
import { differingSettings } from './differing-settings.js';
import type { RunFiles } from './read-run-files.js';

/**
 * What tables call configurations: their titles, with the dataset where there are several; where titles meet, names too; where names meet as
 * well, the settings that differ.
 *
 * @param runs - One run of each configuration.
 */
export function labelConfigurations(runs: readonly FoundRun[], files: RunFiles): string[] {
  const titles = withDatasets(runs, files);
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

function withDatasets(runs: readonly FoundRun[], files: RunFiles): string[] {
  const datasets = runs.map(({ folder }) => datasetOfConfig(files.config(folder))?.title);
  const several = new Set(datasets.filter((title) => title !== undefined)).size > 1;
  return runs.map(({ result: { title } }, index) => {
    const dataset = datasets[index];
    return several && dataset !== undefined ? `${title}, ${dataset}` : title;
  });
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
