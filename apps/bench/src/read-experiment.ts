import { readFileSync } from 'node:fs';
import { parseExperiment } from './experiment/parse-experiment.js';
import type { Experiment } from './experiment/experiment-schema.js';
import { UserError } from './user-error.js';

/**
 * Reads the `config.json` that a run has left.
 *
 * @throws UserError when it is not there or of another version.
 */
export function readExperiment(path: string): Experiment {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new UserError(`Cannot read ${path}. Give the folder of a run.`, { cause });
  }
  return parseExperiment(value, path);
}
