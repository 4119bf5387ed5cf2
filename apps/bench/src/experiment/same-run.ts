import type { RunConfig } from '../records/run-folder.js';
import { configurationDigest } from './configuration-digest.js';
import { experimentSchema, type Experiment } from './experiment-schema.js';

/**
 * Whether two experiments are the same run: the same name, settings and seed. Titles, descriptions and published numbers may have been
 * mended meanwhile.
 */
export function sameRun(one: Experiment, other: Experiment): boolean {
  return (
    one.study === other.study &&
    one.name === other.name &&
    one.seed === other.seed &&
    configurationDigest(one) === configurationDigest(other)
  );
}

/** An experiment as its run's folder keeps it. */
export function runConfig(experiment: Experiment): RunConfig {
  return {
    content: experiment,
    isSameRun: (earlier) => {
      const { data } = experimentSchema.safeParse(earlier);
      return data !== undefined && sameRun(data, experiment);
    },
  };
}
