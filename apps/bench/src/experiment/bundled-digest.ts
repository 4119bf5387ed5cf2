import { configurationDigest } from './configuration-digest.js';
import type { Experiment } from './experiment-schema.js';
import { bundledLayers } from './bundled-experiments.js';
import { resolveExperiment } from './resolve-experiment.js';

const resolved = new Map<string, Experiment | undefined>();

/** The experiment `<study>/<name>` that comes with the bench, as it is now; undefined where there is none. */
export function bundledExperiment(name: string): Experiment | undefined {
  if (!resolved.has(name)) resolved.set(name, bundledLayers(name) && resolveExperiment(name));
  return resolved.get(name);
}

/** The configuration's digest of the experiment `<study>/<name>` that comes with the bench; undefined where there is none. */
export function bundledDigest(name: string): string | undefined {
  const experiment = bundledExperiment(name);
  return experiment && configurationDigest(experiment);
}
