import { closeSync, existsSync, fsyncSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { EpochRecord } from './epoch-record.js';
import type { EvaluationDetails } from './evaluation-details.js';
import { explainFileError } from './explain-file-error.js';
import { makeFolder } from './make-folder.js';
import { lockRunFolder } from './run-lock.js';
import { readEpochs } from './read-epochs.js';
import { readJsonFile } from './read-json-file.js';
import { readResult } from './read-result.js';
import type { RunResult } from './run-result.js';
import { removeDeadTemporaries, temporaryOf } from './temporary-files.js';
import { UserError } from './user-error.js';
import { writeFileDurably, writeWhole } from './write-file-durably.js';

/** What to say of a run's own files that cannot be read. */
const unusable = { advice: 'Replace the run with --force.', exitCode: 1 } as const;

const lockEntry = 'lock.json';
/** In the order in which `--force` deletes them: epochs without a checkpoint begin again, a checkpoint without epochs would not. */
const replacedEntries = [
  'checkpoint',
  'environment.json',
  'epochs.jsonl',
  'evaluation.json',
  'progress.json',
  'model.json',
  'model.safetensors',
  'tensorboard',
];
const ownEntries = ['config.json', 'result.json', ...replacedEntries];

/** What a run's folder keeps as `config.json`. */
export interface RunConfig {
  /** The resolved experiment. */
  readonly content: object;
  /** Whether what an earlier `config.json` holds is the same run, so that it may go on. */
  readonly isSameRun: (earlier: unknown) => boolean;
}

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
  writeEvaluation(details: EvaluationDetails): void;
  writeResult(result: RunResult): void;
  /** @throws UserError when the folder is no longer this run's: it was deleted, or another process took it over. */
  check(): void;
  /** Lets other processes have the folder. */
  close(): void;
}

/**
 * Prepares a run's folder and writes `config.json`, before the first step.
 *
 * @throws UserError when the folder holds a run or other files and the options do not say what to do with them, or
 *   cannot be written.
 */
export async function openRunFolder(
  path: string,
  config: RunConfig,
  options: OpenRunOptions,
): Promise<RunFolder> {
  const configPath = join(path, 'config.json');
  const epochsPath = join(path, 'epochs.jsonl');
  const entries = listFolder(path).filter((entry) => !isLeftOver(entry));
  if (entries.includes('config.json')) {
    if (!options.force) refuseUnlessResumable(path, config, options.resume);
  } else if (entries.length > 0) {
    throw new UserError(`${path} holds other files. Choose a new or an empty folder with --out.`);
  }
  const lock = await lockRunFolder(path);
  const write = (name: string, parts: readonly (string | Uint8Array)[]): void => {
    lock.check();
    writeFileDurably(join(path, name), parts);
  };
  try {
    removeDeadTemporaries([...ownEntries, 'checkpoint/latest.safetensors'].map((name) => join(path, name)));
    // An interrupted part's result would stand beside the numbers of the part that goes on.
    rmSync(join(path, 'result.json'), { force: true });
    // All but config.json, which is replaced below: whenever this is killed, the folder is still a run's.
    if (options.force)
      for (const entry of replacedEntries) rmSync(join(path, entry), { recursive: true, force: true });
    write('config.json', [json(config.content)]);
  } catch (error) {
    lock.release();
    throw explainFileError(error, configPath);
  }
  return {
    path,
    checkpointPath: join(path, 'checkpoint', 'latest.safetensors'),
    earlierEpochs: existsSync(epochsPath) ? readEpochs(epochsPath, unusable) : [],
    writeEnvironment(environment) {
      write('environment.json', [json(environment)]);
    },
    writeEpochs(records) {
      write('epochs.jsonl', [records.map((record) => `${JSON.stringify(record)}\n`).join('')]);
    },
    appendEpoch(record) {
      lock.check();
      appendLine(epochsPath, JSON.stringify(record));
    },
    writeEvaluation(details) {
      write('evaluation.json', [`${JSON.stringify(details)}\n`]);
    },
    writeResult(result) {
      write('result.json', [json(result)]);
    },
    check() {
      lock.check();
    },
    close() {
      lock.release();
    },
  };
}

/** The result of a run of this experiment that has ended in this folder, if there is one. */
export function readFinishedRun(path: string, config: RunConfig): RunResult | undefined {
  if (!isFinished(path)) return undefined;
  checkSameRun(path, config);
  return readResult(path, unusable);
}

function isFinished(path: string): boolean {
  return existsSync(join(path, 'result.json')) && readResult(path, unusable).status !== 'interrupted';
}

function listFolder(path: string): string[] {
  try {
    makeFolder(path);
    return readdirSync(path);
  } catch (error) {
    throw explainFileError(error, path);
  }
}

/** What a run that was killed before its first file was whole leaves: its lock, and files that were to be renamed. */
function isLeftOver(entry: string): boolean {
  return entry === lockEntry || entry === `${lockEntry}.tmp` || ownEntries.includes(temporaryOf(entry) ?? '');
}

function refuseUnlessResumable(path: string, config: RunConfig, resume: boolean): void {
  if (isFinished(path)) {
    throw new UserError(
      `${path} holds a finished run. Choose another folder with --out, or replace it with --force.`,
    );
  }
  if (!resume)
    throw new UserError(`${path} holds an unfinished run. Go on with --resume, or replace it with --force.`);
  checkSameRun(path, config);
}

function checkSameRun(path: string, config: RunConfig): void {
  const earlier = readJsonFile(join(path, 'config.json'), z.unknown(), unusable);
  if (!config.isSameRun(earlier)) {
    throw new UserError(
      `${path} holds a run of another experiment: its config.json differs. Give the same options, or choose another folder with --out.`,
    );
  }
}

function appendLine(path: string, line: string): void {
  try {
    const file = openSync(path, 'a');
    try {
      writeWhole(file, Buffer.from(`${line}\n`));
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
