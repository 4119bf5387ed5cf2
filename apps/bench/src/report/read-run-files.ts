import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { evaluationDetailsSchema, type EvaluationDetails } from '../evaluation-details.js';
import { timingSchema } from '../results/timing.js';

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
 * @param onUnreadable - Told of a file that is there and cannot be used, in one sentence.
 */
export function readRunFiles(onUnreadable: (path: string, reason: string) => void): RunFiles {
  const read = (path: string): unknown => {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
    try {
      return JSON.parse(text) as unknown;
    } catch {
      onUnreadable(path, `${path} is not valid JSON; the report goes without it.`);
      return undefined;
    }
  };
  return {
    config: (folder) => read(join(folder, 'config.json')),
    environment: (folder) =>
      runEnvironmentSchema.safeParse(read(join(folder, 'environment.json'))).data ?? {},
    evaluation(folder) {
      const path = join(folder, 'evaluation.json');
      const value = read(path);
      if (value === undefined) return undefined;
      const parsed = evaluationDetailsSchema.safeParse(value);
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      onUnreadable(
        path,
        `${path} is not what this version writes, at ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}; the report goes without it.`,
      );
      return undefined;
    },
  };
}
