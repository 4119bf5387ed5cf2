import { z } from 'zod';
import { isAbsent } from '../records/is-absent.js';
import { parseJson } from '../records/parse-json.js';
import { readRegularFile } from '../records/read-regular-file.js';
import { UserError } from '../records/user-error.js';
import { sweepSchema, type Sweep } from './sweep-schema.js';

/**
 * Reads a sweep file.
 *
 * @throws UserError that names the file, the first key at fault and what is allowed there.
 */
export function readSweep(path: string): Sweep {
  let json: unknown;
  try {
    json = parseJson(readRegularFile(path).toString('utf8'), { place: path });
  } catch (cause) {
    if (isAbsent(cause))
      throw new UserError(`Cannot read ${path}. Give the JSON file of a sweep.`, { cause });
    throw cause;
  }
  return parseSweep(json, path);
}

/**
 * Checks a sweep and fills in its defaults.
 *
 * @param source - The file's name, for the error.
 */
export function parseSweep(json: unknown, source: string): Sweep {
  const result = sweepSchema.safeParse(json);
  if (!result.success) {
    const [issue] = result.error.issues;
    const key = issue?.path.join('.') ?? '';
    let reason = issue?.code === 'invalid_key' ? issue.issues[0]?.message : issue?.message;
    // Of all that a sweep holds, only the values of settings may be of several kinds.
    if (issue?.code === 'invalid_union') reason = 'must be a JSON value with finite numbers';
    throw new UserError(
      `${source}${key === '' ? '' : `, at ${key}`}: ${reason ?? z.prettifyError(result.error)}. Correct the file and run again.`,
    );
  }
  const sweep = result.data;
  for (const part of ['grid', 'set'] as const) {
    if (Object.hasOwn(sweep[part], 'seed'))
      throw new UserError(`${source}, at ${part}.seed: give the seeds in "seeds".`);
  }
  const both = Object.keys(sweep.grid).find((key) => Object.hasOwn(sweep.set, key));
  if (both !== undefined)
    throw new UserError(`${source}: ${both} is in grid and in set. Take it out of one of them.`);
  return sweep;
}
