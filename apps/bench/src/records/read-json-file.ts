import type { z } from 'zod';
import { UserError } from './user-error.js';
import { parseJson, type ParseJsonOptions } from './parse-json.js';
import { readRegularFile, type ReadFileOptions } from './read-regular-file.js';
import { shorten } from './shorten.js';

/** How a value is checked. */
export interface CheckRecordOptions {
  /** Where the value is from; the subject of errors. */
  readonly place: string;
  /** What it should be, for errors; default `what this version of the bench writes`. */
  readonly what?: string;
  /** What to do, as a sentence that follows the error. */
  readonly advice?: string;
  /** Of the error; default 2. */
  readonly exitCode?: 1 | 2;
}

/** How a file is read, parsed and checked. */
export interface ReadJsonFileOptions
  extends ReadFileOptions, Pick<ParseJsonOptions, 'mostLevels'>, Omit<CheckRecordOptions, 'place'> {}

/**
 * Reads a file of untrusted JSON, within limits, and checks it.
 *
 * @throws UserError, one sentence that names the file, when it cannot be read, is not JSON, or not what the schema wants.
 */
export function readJsonFile<T>(path: string, schema: z.ZodType<T>, options: ReadJsonFileOptions = {}): T {
  const { place = path } = options;
  const value = parseJson(readRegularFile(path, options).toString('utf8'), { ...options, place });
  return checkRecord(value, schema, { ...options, place });
}

/**
 * A value as its schema wants it.
 *
 * @throws UserError, one sentence that names the first key at fault.
 */
export function checkRecord<T>(
  value: unknown,
  schema: z.ZodType<T>,
  { place, what = 'what this version of the bench writes', advice, exitCode = 2 }: CheckRecordOptions,
): T {
  const refuse = (why: string, cause?: unknown): UserError =>
    new UserError(`${place} is not ${what}${why}.${advice === undefined ? '' : ` ${advice}`}`, {
      exitCode,
      cause,
    });
  let parsed;
  try {
    parsed = schema.safeParse(value);
  } catch (cause) {
    // The schema library can exhaust the stack where hundreds of thousands of keys are at fault.
    throw refuse(': too much of it is wrong', cause);
  }
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key = issue?.path.map(String).join('.') ?? '';
  throw refuse(`${key === '' ? '' : `, at ${shorten(key)}`}: ${shorten(issue?.message ?? 'unknown')}`);
}
