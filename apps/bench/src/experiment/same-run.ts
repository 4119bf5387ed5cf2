import { configurationDigest } from './configuration-digest.js';
import type { Experiment } from './experiment-schema.js';

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
