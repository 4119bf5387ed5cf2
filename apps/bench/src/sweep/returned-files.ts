import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { epochRecordSchema } from '../records/epoch-record.js';
import { evaluationDetailsSchema } from '../records/evaluation-details.js';
import { experimentSchema, type Experiment } from '../experiment/experiment-schema.js';
import { runConfig, sameRun } from '../experiment/same-run.js';
import { explainFileError } from '../records/explain-file-error.js';
import { makeFolder } from '../records/make-folder.js';
import { parseJson } from '../records/parse-json.js';
import { checkRecord } from '../records/read-json-file.js';
import { readRegularFile } from '../records/read-regular-file.js';
import { readFinishedRun } from '../records/run-folder.js';
import { lockRunFolder } from '../records/run-lock.js';
import { runResultSchema, type RunResult } from '../records/run-result.js';
import { UserError } from '../records/user-error.js';
import { writeFileDurably } from '../records/write-file-durably.js';

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
      .map((name) => [name, readRegularFile(join(folder, name)).toString('utf8')]),
  );
}

/**
 * Puts the files of a run that was carried out elsewhere into its folder here, unless the run is finished there already: because the
 * worker shares the folder, say.
 *
 * @throws UserError when they are not those of a finished run of this experiment, or the folder is in use or cannot be written.
 */
export async function writeReturnedFiles(
  folder: string,
  files: ReturnedFiles,
  experiment: Experiment,
): Promise<RunResult> {
  const finished = readFinishedRun(folder, runConfig(experiment));
  if (finished !== undefined) return finished;
  const result = checkReturnedFiles(files, experiment, folder);
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

/**
 * The result among the files that a worker sent, once all of them are what a finished run of this experiment leaves.
 *
 * @param folder - Where they belong, for errors.
 * @throws UserError that names the file at fault.
 */
export function checkReturnedFiles(files: ReturnedFiles, experiment: Experiment, folder: string): RunResult {
  const read = <T>(name: keyof ReturnedFiles, schema: z.ZodType<T>, text = files[name]): T => {
    const place = `The ${name} that a worker sent for ${folder}`;
    const advice = 'Let workers and sweep have the same version.';
    if (text === undefined)
      throw refuse(`The files that a worker sent for ${folder} lack ${name}. ${advice}`);
    const what = 'what this version reads';
    return checkRecord(parseJson(text, { place, exitCode: 1 }), schema, { place, what, advice, exitCode: 1 });
  };
  const result = read('result.json', runResultSchema);
  if (result.status === 'interrupted')
    throw refuse(`The result that a worker sent for ${folder} is of a run that was interrupted.`);
  const sent = read('config.json', experimentSchema);
  const { study, name, seed } = experiment;
  const sameName = result.study === study && result.name === name && result.seed === seed;
  if (!sameName || !sameRun(sent, experiment))
    throw refuse(`What a worker sent for ${folder} is of another experiment.`);
  read('environment.json', z.record(z.string(), z.unknown()));
  if (files['evaluation.json'] !== undefined) read('evaluation.json', evaluationDetailsSchema);
  const lines = (files['epochs.jsonl'] ?? '').split('\n');
  if (lines.pop() !== '' || lines.length !== result.epochs) {
    throw refuse(
      `The epochs.jsonl that a worker sent for ${folder} has ${lines.length} whole lines, and its result ${result.epochs} epochs.`,
    );
  }
  lines.forEach((line, index) => {
    const record = read('epochs.jsonl', epochRecordSchema, line);
    if (record.epoch !== index + 1)
      throw refuse(
        `Line ${index + 1} of the epochs.jsonl that a worker sent for ${folder} is another epoch's.`,
      );
  });
  return result;
}

function refuse(message: string): UserError {
  return new UserError(message, { exitCode: 1 });
}
