import { z } from 'zod';
import { UserError } from '../user-error.js';
import { impossibleCombination } from './check-combination.js';
import { experimentSchema, type Experiment } from './experiment-schema.js';

/**
 * Checks an experiment and fills in its defaults.
 *
 * @param json - What a JSON file held.
 * @param source - The file's name, for the error.
 * @throws UserError that names the first key at fault and what is allowed there.
 */
export function parseExperiment(json: unknown, source: string): Experiment {
  const result = experimentSchema.safeParse(json);
  if (result.success) {
    const impossible = impossibleCombination(result.data);
    if (impossible === undefined) return result.data;
    throw new UserError(`${source}, at ${impossible.key}: ${impossible.message}.`);
  }
  const [issue] = result.error.issues;
  const key = issue?.path.join('.');
  const place = key === undefined || key === '' ? source : `${source}, at ${key}`;
  throw new UserError(
    `${place}: ${issue?.message ?? z.prettifyError(result.error)}. Correct it and run again.`,
  );
}
