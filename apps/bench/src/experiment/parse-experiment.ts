import { shorten } from '../records/shorten.js';
import { UserError } from '../records/user-error.js';
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
  const infinite = firstInfinite(json, []);
  if (infinite !== undefined)
    throw new UserError(
      `${source}, at ${infinite.path.join('.')}: ${infinite.value} is not a finite number. Correct it and run again.`,
    );
  const result = experimentSchema.safeParse(json);
  if (result.success) {
    const impossible = impossibleCombination(result.data);
    if (impossible === undefined) return result.data;
    throw new UserError(`${source}, at ${impossible.key}: ${impossible.message}.`);
  }
  const [issue] = result.error.issues;
  const key = issue?.path.join('.');
  const place = key === undefined || key === '' ? source : `${source}, at ${key}`;
  throw new UserError(`${place}: ${shorten(issue?.message ?? 'unknown')}. Correct it and run again.`);
}

/** The first number that is none: JSON reads 1e999 as Infinity. */
function firstInfinite(
  value: unknown,
  path: readonly string[],
): { readonly path: readonly string[]; readonly value: number } | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : { path, value };
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = firstInfinite(inner, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}
