import { join, resolve } from 'node:path';
import { z } from 'zod';
import { evaluationDetailsSchema, type EvaluationDetails } from '../records/evaluation-details.js';
import { isAbsent } from '../records/is-absent.js';
import { readJsonFile } from '../records/read-json-file.js';
import { isWithin } from '../records/read-regular-file.js';
import { timingSchema } from './collect/timing.js';
import { UserError } from '../records/user-error.js';

/** What a report reads of a run besides its result; each may be absent. */
export interface RunFiles {
  /** The resolved experiment as plain JSON. */
  config(folder: string): unknown;
  evaluation(folder: string): EvaluationDetails | undefined;
  /** What `environment.json` says beyond the result. */
  environment(folder: string): RunEnvironment;
}

const runEnvironmentSchema = z.object({
  threads: z.number().optional().catch(undefined),
  timing: timingSchema.optional().catch(undefined),
});

/** How many threads a run computed with, and whether it had its machine to itself; each where it is known. */
export type RunEnvironment = z.output<typeof runEnvironmentSchema>;

/**
 * Reads the files of runs as they are asked for.
 *
 * @param roots - The folders that were given: files below one of them may be links within it.
 * @param onUnreadable - Told of a file that is there and cannot be used, in one sentence.
 */
export function readRunFiles(
  roots: readonly string[],
  onUnreadable: (path: string, reason: string) => void,
): RunFiles {
  const read = <T>(folder: string, name: string, schema: z.ZodType<T>): T | undefined => {
    const path = join(folder, name);
    const within =
      roots.map((root) => resolve(root)).find((root) => isWithin(resolve(folder), root)) ?? folder;
    try {
      return readJsonFile(path, schema, { within, advice: 'It is left out.' });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (!isAbsent(error)) onUnreadable(path, error.message);
      return undefined;
    }
  };
  return {
    config: (folder) => read(folder, 'config.json', z.unknown()),
    environment: (folder) => read(folder, 'environment.json', runEnvironmentSchema) ?? {},
    evaluation: (folder) => read(folder, 'evaluation.json', evaluationDetailsSchema),
  };
}
