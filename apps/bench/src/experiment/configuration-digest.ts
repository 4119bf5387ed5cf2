import { createHash } from 'node:crypto';
import type { Experiment } from './experiment-schema.js';
import { isSettings } from './merge-settings.js';

/**
 * SHA-256 of what decides an experiment's numbers besides the seed: two runs with the same digest differ by the seed alone. Titles,
 * descriptions and published numbers do not count.
 */
export function configurationDigest(experiment: Experiment): string {
  const { dataset, backbone, head, training, initialise, evaluation } = experiment;
  return createHash('sha256')
    .update(canonical({ dataset, backbone, head, training, initialise, evaluation }))
    .digest('hex');
}

/** JSON with keys in alphabetical order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isSettings(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
