import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { experimentSchema, type Experiment } from '../experiment/experiment-schema.js';
import { sameRun } from '../experiment/same-run.js';
import { explainFileError } from '../explain-file-error.js';
import { makeFolder } from '../make-folder.js';
import { readFinishedRun } from '../run-folder.js';
import { lockRunFolder } from '../run-lock.js';
import { runResultSchema, type RunResult } from '../run-result.js';
import { UserError } from '../user-error.js';
import { writeFileDurably } from '../write-file-durably.js';

/** The files of a run that go back to its sweep; `result.json` is last, because it says that the others are whole. */
export const returnedFileNames = [
  'config.json',
  'environment.json',
  'epochs.jsonl',
  'evaluation.json',
  'result.json',
] as const;

/** Texts of a run's files by their names. */
export type ReturnedFiles = Partial<Record<(typeof returnedFileNames)[number], string>>;

/** Reads the files of a finished run that go back to its sweep. */
export function readReturnedFiles(folder: string): ReturnedFiles {
  return Object.fromEntries(
    returnedFileNames
      .filter((name) => existsSync(join(folder, name)))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

/**
 * Puts the files of a run that was carried out elsewhere into its folder here, unless the run is finished there already: because the
 * worker shares the folder, say.
 *
 * @throws UserError when they are not of this run, or the folder is in use or cannot be written.
 */
export async function writeReturnedFiles(
  folder: string,
  files: ReturnedFiles,
  experiment: Experiment,
): Promise<RunResult> {
  const finished = readFinishedRun(folder, experiment);
  if (finished !== undefined) return finished;
  const { data: result, error } = runResultSchema.safeParse(JSON.parse(files['result.json'] ?? 'null'));
  if (result === undefined) {
    throw new UserError(
      `The result that a worker sent for ${folder} is not what this version reads. Let workers and sweep have the same version.`,
      { exitCode: 1, cause: error },
    );
  }
  const { data: sent } = experimentSchema.safeParse(JSON.parse(files['config.json'] ?? 'null'));
  if (sent === undefined || !sameRun(sent, experiment)) {
    throw new UserError(`What a worker sent for ${folder} is of another experiment.`, { exitCode: 1 });
  }
  try {
    makeFolder(folder);
  } catch (error) {
    throw explainFileError(error, folder);
  }
  const lock = await lockRunFolder(folder);
  try {
    for (const name of returnedFileNames) {
      const text = files[name];
      if (text !== undefined) writeFileDurably(join(folder, name), [text]);
    }
  } finally {
    lock.release();
  }
  return result;
}
