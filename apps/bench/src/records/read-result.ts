import { join } from 'node:path';
import { z } from 'zod';
import { runResultSchema, type RunResult } from './run-result.js';
import { UserError } from './user-error.js';
import { parseJson } from './parse-json.js';
import { checkRecord, type CheckRecordOptions } from './read-json-file.js';
import { readRegularFile, type ReadFileOptions } from './read-regular-file.js';

/**
 * Reads the `result.json` of a run's folder.
 *
 * @throws UserError when it cannot be read, is of another version, or is edited so that its numbers contradict each other.
 */
export function readResult(folder: string, options: ReadFileOptions = {}): RunResult {
  const path = join(folder, 'result.json');
  return parseResult(readRegularFile(path, options).toString('utf8'), { ...options, place: path });
}

/** The result in the text of `result.json`. */
export function parseResult(text: string, options: CheckRecordOptions): RunResult {
  const value = parseJson(text, options);
  const version = z.object({ schemaVersion: z.unknown() }).safeParse(value).data?.schemaVersion;
  const expected = runResultSchema.shape.schemaVersion.value;
  if (version !== undefined && version !== expected)
    throw new UserError(
      `${options.place} has schema version ${JSON.stringify(version).slice(0, 40)}, and this bench reads version ${expected}. ${options.advice ?? 'Run it again, or report it with the bench that wrote it.'}`,
      { exitCode: options.exitCode ?? 2 },
    );
  return checkRecord(value, runResultSchema, { what: "a run's result", ...options });
}
