import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseEpochs, type EpochRecord } from './epoch-record.js';
import { runProgressSchema, type RunProgress } from './run-progress.js';
import { runResultSchema, type RunResult } from './run-result.js';
import type { RunStatus } from './watch/page/messages.js';

/** After how many seconds without a new `progress.json` a run that has not ended counts as silent. */
export const silentAfterSeconds = 30;

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
 * @param options.now - Milliseconds of a clock that is never set back.
 */
export function createRunStateReader(
  folder: string,
  { now = () => performance.now() }: { readonly now?: () => number } = {},
): RunStateReader {
  const readProgress = cachedFile(join(folder, 'progress.json'), now, (text) =>
    runProgressSchema.parse(JSON.parse(text)),
  );
  const readResult = cachedFile(join(folder, 'result.json'), now, parseResult);
  const readEpochs = cachedFile(join(folder, 'epochs.jsonl'), now, parseEpochs);
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

function parseResult(text: string): RunResult {
  const value: unknown = JSON.parse(text);
  const version = z.object({ schemaVersion: z.number() }).safeParse(value).data?.schemaVersion;
  if (version !== undefined && version !== 2) throw new Error(`it has schema version ${version}, not 2`);
  return runResultSchema.parse(value);
}

interface FileContent<T> {
  readonly value?: T;
  readonly problem?: string;
  /** Seconds since the file was last replaced, by this process's clock as far as it has watched. */
  readonly age: number;
}

function cachedFile<T>(
  path: string,
  now: () => number,
  parse: (text: string) => T,
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
      cached = { version: current.version, since: now() - age, ...attempt(path, parse) };
    }
    const { value, problem, since } = cached;
    return {
      ...(value === undefined ? {} : { value }),
      ...(problem === undefined ? {} : { problem }),
      age: (now() - since) / 1000,
    };
  };
}

function attempt<T>(path: string, parse: (text: string) => T): { value?: T; problem?: string } {
  try {
    return { value: parse(readFileSync(path, 'utf8')) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    const reason =
      error instanceof z.ZodError
        ? z.prettifyError(error).replaceAll(/\s+/g, ' ')
        : error instanceof SyntaxError
          ? 'it is not valid JSON'
          : error instanceof Error
            ? error.message
            : String(error);
    return { problem: `${path} cannot be used: ${reason}.` };
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
