import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { epochRecordSchema, type EpochRecord } from './epoch-record.js';
import type { Experiment } from './experiment-schema.js';
import { explainFileError } from './explain-file-error.js';
import { makeFolder } from './make-folder.js';
import { runResultSchema, type RunResult } from './run-result.js';
import { UserError } from './user-error.js';
import { writeFileDurably } from './write-file-durably.js';

const ownEntries = ['config.json', 'environment.json', 'epochs.jsonl', 'result.json', 'checkpoint'];

/** How to treat a folder that already holds a run. */
export interface OpenRunOptions {
  /** Go on with an interrupted run of the same experiment. */
  readonly resume: boolean;
  /** Delete the earlier run. */
  readonly force: boolean;
}

/** The place of one run on disk. Everything in it is written before the run goes on. */
export interface RunFolder {
  readonly path: string;
  /** Where the run's weights and position are kept. */
  readonly checkpointPath: string;
  /** The epochs that an interrupted part of this run has finished. */
  readonly earlierEpochs: readonly EpochRecord[];
  writeEnvironment(environment: unknown): void;
  /** Replaces `epochs.jsonl`: a resumed run keeps only the epochs that its checkpoint knows of. */
  writeEpochs(records: readonly EpochRecord[]): void;
  appendEpoch(record: EpochRecord): void;
  writeResult(result: RunResult): void;
}

/**
 * Prepares a run's folder and writes `config.json`, before the first step.
 *
 * @throws UserError when the folder holds a run or other files and the options do not say what to do with them, or
 *   cannot be written.
 */
export function openRunFolder(path: string, experiment: Experiment, options: OpenRunOptions): RunFolder {
  const configPath = join(path, 'config.json');
  const epochsPath = join(path, 'epochs.jsonl');
  const resultPath = join(path, 'result.json');
  const entries = listFolder(path);

  if (entries.includes('config.json') && options.force) {
    for (const entry of ownEntries) rmSync(join(path, entry), { recursive: true, force: true });
  } else if (entries.includes('config.json')) {
    refuseUnlessResumable(path, experiment, options.resume);
  } else if (entries.length > 0) {
    throw new UserError(`${path} holds other files. Choose a new or an empty folder with --out.`);
  }

  writeFileDurably(configPath, [json(experiment)]);
  return {
    path,
    checkpointPath: join(path, 'checkpoint', 'latest.safetensors'),
    earlierEpochs: existsSync(epochsPath) ? readEpochs(epochsPath) : [],
    writeEnvironment(environment) {
      writeFileDurably(join(path, 'environment.json'), [json(environment)]);
    },
    writeEpochs(records) {
      writeFileDurably(epochsPath, [records.map((record) => `${JSON.stringify(record)}\n`).join('')]);
    },
    appendEpoch(record) {
      appendLine(epochsPath, JSON.stringify(record));
    },
    writeResult(result) {
      writeFileDurably(resultPath, [json(result)]);
    },
  };
}

/** The result of a run of this experiment that has ended in this folder, if there is one. */
export function readFinishedRun(path: string, experiment: Experiment): RunResult | undefined {
  if (!isFinished(path)) return undefined;
  checkSameExperiment(path, experiment);
  return readResult(path);
}

/** Reads and validates a run's `result.json`. */
export function readResult(path: string): RunResult {
  return readJson(join(path, 'result.json'), runResultSchema);
}

function isFinished(path: string): boolean {
  return existsSync(join(path, 'result.json')) && readResult(path).status !== 'interrupted';
}

function listFolder(path: string): string[] {
  try {
    makeFolder(path);
    return readdirSync(path);
  } catch (error) {
    throw explainFileError(error, path);
  }
}

function refuseUnlessResumable(path: string, experiment: Experiment, resume: boolean): void {
  if (isFinished(path)) {
    throw new UserError(
      `${path} holds a finished run. Choose another folder with --out, or replace it with --force.`,
    );
  }
  if (!resume)
    throw new UserError(`${path} holds an unfinished run. Go on with --resume, or replace it with --force.`);
  checkSameExperiment(path, experiment);
}

function checkSameExperiment(path: string, experiment: Experiment): void {
  const earlier = readJson(join(path, 'config.json'), z.unknown());
  if (!isDeepStrictEqual(earlier, JSON.parse(JSON.stringify(experiment)))) {
    throw new UserError(
      `${path} holds a run of another experiment: its config.json differs. Give the same options, or choose another folder with --out.`,
    );
  }
}

function readEpochs(path: string): EpochRecord[] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line, index) => parse(line, epochRecordSchema, `${path}, line ${index + 1}`));
}

function readJson<T>(path: string, schema: z.ZodType<T>): T {
  return parse(readFileSync(path, 'utf8'), schema, path);
}

function parse<T>(text: string, schema: z.ZodType<T>, place: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${place} is not valid JSON. Was it edited or cut? Replace the run with --force.`, {
      exitCode: 1,
      cause,
    });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new UserError(
    `${place} is not what this version writes: ${z.prettifyError(result.error).replaceAll('\n', ' ')}. Replace the run with --force.`,
    { exitCode: 1 },
  );
}

function appendLine(path: string, line: string): void {
  try {
    const file = openSync(path, 'a');
    try {
      writeSync(file, `${line}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw explainFileError(error, path);
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
