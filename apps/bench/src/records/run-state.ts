import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parseEpochs, type EpochRecord } from './epoch-record.js';
import { isAbsent } from './is-absent.js';
import { parseJson } from './parse-json.js';
import { checkRecord } from './read-json-file.js';
import { readRegularFile } from './read-regular-file.js';
import { parseResult } from './read-result.js';
import { runProgressSchema, type RunProgress } from './run-progress.js';
import type { RunResult } from './run-result.js';
import { messageOf } from './message-of.js';
import type { RunStatus } from './run-status.js';

/** After how many seconds without a new `progress.json` a run that has not ended counts as silent. */
export const silentAfterSeconds = 30;

/**
 * The largest file that is read while watching: fifty thousand epochs. Reading and checking it holds up everything else for less than a
 * second.
 */
export const mostWatchedBytes = 16 * 2 ** 20;

/** What the files of a run's folder say at one moment. */
export interface RunState {
  readonly folder: string;
  /** Where it is `unreadable`, `problem` says which file and why. */
  readonly status: RunStatus;
  readonly progress?: RunProgress;
  readonly result?: RunResult;
  readonly epochs: readonly EpochRecord[];
  /** Changes when `evaluation.json` does; empty where there is none. */
  readonly evaluationVersion: string;
  readonly problem?: string;
}

/** Reads one run's folder again and again, cheaply. */
export interface RunStateReader {
  /** The same object as before when nothing has changed; undefined when the folder is gone. */
  readonly read: () => RunState | undefined;
}

/**
 * Reads a run's files as they are being written: each is parsed again only when it has changed, and never trusted.
 *
 * @param options.within - The folder that links of the run's files may not lead out of, default its own.
 * @param options.now - Milliseconds of a clock that is never set back.
 */
export function createRunStateReader(
  folder: string,
  {
    now = () => performance.now(),
    within = folder,
  }: { readonly now?: () => number; readonly within?: string } = {},
): RunStateReader {
  const file = <T>(name: string, parse: (text: string, place: string) => T) =>
    cachedFile(join(folder, name), { now, within, parse });
  const readProgress = file('progress.json', (text, place) =>
    checkRecord(parseJson(text, { place }), runProgressSchema, { place }),
  );
  const readResult = file('result.json', (text, place) => parseResult(text, { place }));
  const readEpochs = file('epochs.jsonl', parseMoreEpochs());
  let last: RunState | undefined;

  return {
    read() {
      if (stamp(folder) === undefined) return undefined;
      const result = readResult();
      const progress = readProgress();
      const epochs = readEpochs();
      const problem = [result, progress, epochs].find((file) => file?.problem !== undefined)?.problem;
      const state: RunState = {
        folder,
        status:
          problem === undefined ? statusOf(result?.value, progress?.value, progress?.age) : 'unreadable',
        ...(progress?.value && { progress: progress.value }),
        ...(result?.value && { result: result.value }),
        epochs: epochs?.value ?? noEpochs,
        evaluationVersion: stamp(join(folder, 'evaluation.json'))?.version ?? '',
        ...(problem === undefined ? {} : { problem }),
      };
      if (last === undefined || !sameState(last, state)) last = state;
      return last;
    },
  };
}

const noEpochs: readonly EpochRecord[] = [];

function statusOf(
  result: RunResult | undefined,
  progress: RunProgress | undefined,
  age = 0,
): RunState['status'] {
  // An interrupted run that goes on has an old result and a new progress.
  const goesOn =
    result?.status === 'interrupted' &&
    progress !== undefined &&
    progress.phase !== 'ended' &&
    progress.updatedAt > result.finishedAt;
  if (result !== undefined && !goesOn) return result.status;
  if (progress === undefined) return 'waiting';
  if (progress.phase === 'ended') return 'stopped';
  return age > silentAfterSeconds ? 'silent' : progress.phase;
}

/** Parses only the lines that were added since the last time, where the others are as they were. */
function parseMoreEpochs(): (text: string, place: string) => readonly EpochRecord[] {
  let known = { text: '', epochs: noEpochs };
  return (text, place) => {
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const earlier = whole.startsWith(known.text) ? known : { text: '', epochs: noEpochs };
    const added = parseEpochs(whole.slice(earlier.text.length), { place, from: earlier.epochs.length + 1 });
    known = { text: whole, epochs: [...earlier.epochs, ...added] };
    return known.epochs;
  };
}

interface FileContent<T> {
  readonly value?: T;
  readonly problem?: string;
  /** Seconds since the file was last replaced, by this process's clock as far as it has watched. */
  readonly age: number;
}

function cachedFile<T>(
  path: string,
  {
    now,
    within,
    parse,
  }: {
    readonly now: () => number;
    readonly within: string;
    readonly parse: (text: string, place: string) => T;
  },
): () => FileContent<T> | undefined {
  let cached: { version: string; value?: T; problem?: string; since: number } | undefined;
  return () => {
    const current = stamp(path);
    if (current === undefined) {
      cached = undefined;
      return undefined;
    }
    if (cached?.version !== current.version) {
      // The first sight of a file tells its age only by the clock of whoever wrote it; from then on by ours.
      const age = cached === undefined ? Math.max(0, Date.now() - current.milliseconds) : 0;
      cached = { version: current.version, since: now() - age, ...attempt(path, within, parse) };
    }
    const { value, problem, since } = cached;
    return {
      ...(value === undefined ? {} : { value }),
      ...(problem === undefined ? {} : { problem }),
      age: (now() - since) / 1000,
    };
  };
}

function attempt<T>(
  path: string,
  within: string,
  parse: (text: string, place: string) => T,
): { value?: T; problem?: string } {
  try {
    return {
      value: parse(readRegularFile(path, { mostBytes: mostWatchedBytes, within }).toString('utf8'), path),
    };
  } catch (error) {
    if (isAbsent(error)) return {};
    return { problem: messageOf(error) };
  }
}

function stamp(path: string): { readonly version: string; readonly milliseconds: number } | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    return { version: `${found.mtimeMs}-${found.size}-${found.ino}`, milliseconds: found.mtimeMs };
  } catch {
    // Not there for us: it may not be read, or its disk has gone.
    return undefined;
  }
}

function sameState(a: RunState, b: RunState): boolean {
  return (
    a.status === b.status &&
    a.progress === b.progress &&
    a.result === b.result &&
    a.epochs === b.epochs &&
    a.evaluationVersion === b.evaluationVersion &&
    a.problem === b.problem
  );
}
