import { z } from 'zod';
import { experimentSchema, type Experiment } from './experiment-schema.js';
import { UserError } from './user-error.js';

/**
 * Checks an experiment and fills in its defaults.
 *
 * @param json - What a JSON file held.
 * @param source - The file's name, for the error.
 * @throws UserError that names the first key at fault and what is allowed there.
 */
export function parseExperiment(json: unknown, source: string): Experiment {
  const result = experimentSchema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const key = issue?.path.join('.');
  const place = key === undefined || key === '' ? source : `${source}, at ${key}`;
  throw new UserError(
    `${place}: ${issue?.message ?? z.prettifyError(result.error)}. Correct the file and run again.`,
  );
}
