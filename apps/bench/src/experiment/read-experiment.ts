import { z } from 'zod';
import { parseExperiment } from './parse-experiment.js';
import type { Experiment } from './experiment-schema.js';
import { readJsonFile } from '../records/read-json-file.js';
import type { ReadFileOptions } from '../records/read-regular-file.js';

/**
 * Reads the `config.json` that a run has left.
 *
 * @throws UserError when it is not there or of another version.
 */
export function readExperiment(path: string, options: ReadFileOptions = {}): Experiment {
  const advice = 'Give the folder of a run.';
  return parseExperiment(readJsonFile(path, z.unknown(), { advice, ...options }), path);
}
