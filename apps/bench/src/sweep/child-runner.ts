import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { explainFileError } from '../records/explain-file-error.js';
import { makeFolder } from '../records/make-folder.js';
import { readJsonFile } from '../records/read-json-file.js';
import { readFinishedRun } from '../records/run-folder.js';
import { runProgressSchema, type RunProgress } from '../records/run-progress.js';
import type { RunResult } from '../records/run-result.js';
import { UserError } from '../records/user-error.js';
import { writeFileDurably } from '../records/write-file-durably.js';
import type { RunOutcome, Runner, RunTask } from './run-task.js';
import { runConfig } from '../experiment/same-run.js';

const progressMilliseconds = 1000;
const longestReason = 2000;

/**
 * Loaded into each run before the command line: a run whose sweep or worker is gone, even by a kill -9, finishes its step, saves and
 * stops, so that it does not hold the folder that another worker is about to take.
 */
const endWithParent = `data:text/javascript,${encodeURIComponent(
  `process.once('disconnect', () => process.kill(process.pid, 'SIGTERM')); process.channel?.unref();`,
)}`;

/** The words that start this very bench, before `run` and the like. */
export function benchCommand(): string[] {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return [
    process.execPath,
    ...process.execArgv,
    fileURLToPath(new URL(`../cli.${extension}`, import.meta.url)),
  ];
}

/**
 * Carries out runs as child processes `bench run`, and reads their results from their folders.
 *
 * @param options.threads - Of each run; default: all cores.
 * @param options.command - What to type before `run`, the last word being the script; default this very bench.
 */
export function childRunner({
  dataFolder,
  threads,
  command = benchCommand(),
}: {
  readonly dataFolder?: string | undefined;
  readonly threads?: number | undefined;
  readonly command?: readonly string[];
} = {}): Runner {
  const [program, ...flags] = command.slice(0, -1);
  return async (task, options) => {
    try {
      return await attempt(task, options);
    } catch (error) {
      // The disk is full, say: other runs may have more luck, and other attempts.
      if (!(error instanceof UserError)) throw error;
      return { status: 'crashed', reason: error.message };
    }
  };

  async function attempt(task: RunTask, { signal, onProgress }: Parameters<Runner>[1]): Promise<RunOutcome> {
    if (signal.aborted) return { status: 'interrupted' };
    const experimentFile = join(task.notesFolder, `${task.id}.json`);
    writeFileDurably(experimentFile, [`${JSON.stringify(task.experiment, undefined, 2)}\n`]);
    const log = openLog(join(task.notesFolder, `${task.id}.log`));
    try {
      const child = spawn(
        program!,
        [
          ...[...flags, '--import', endWithParent, command.at(-1)!],
          ...['run', experimentFile, '--out', task.folder, '--resume', '--reporter', 'lines'],
          ...(dataFolder === undefined ? [] : ['--data-folder', dataFolder]),
          ...(threads === undefined ? [] : ['--threads', String(threads)]),
        ],
        // A process group of its own: a terminal's Ctrl-C reaches it through us, once.
        { detached: true, stdio: ['ignore', log.file, log.file, 'ipc'] },
      );
      const stopWatching = watchProgress(task, child, onProgress);
      const interrupt = (): void => {
        child.kill('SIGINT');
      };
      signal.addEventListener('abort', interrupt);
      const end = await ending(child);
      signal.removeEventListener('abort', interrupt);
      stopWatching();
      return judge(task, { ...end, said: log.lastLine(), pid: child.pid, stopped: signal.aborted });
    } finally {
      closeSync(log.file);
    }
  }
}

interface Ending {
  readonly code: number | null;
  readonly killedBy: NodeJS.Signals | null;
  readonly error?: Error;
}

async function ending(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve({ code: null, killedBy: null, error });
    });
    child.once('exit', (code, killedBy) => {
      resolve({ code, killedBy });
    });
  });
}

function judge(
  task: RunTask,
  end: Ending & { readonly said: string; readonly pid: number | undefined; readonly stopped: boolean },
): RunOutcome {
  let result: RunResult | undefined;
  try {
    result = readFinishedRun(task.folder, runConfig(task.experiment));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { status: 'refused', reason: error.message };
  }
  // Whatever the exit code: a diverged run's is 1, and one that another process finished meanwhile may be anything.
  if (result !== undefined) return { status: 'finished', result };
  if (end.stopped) return { status: 'interrupted' };
  const said = end.said === '' ? '' : `: ${end.said}`;
  if (end.code === 2) return { status: 'refused', reason: end.said };
  if (end.error) return { status: 'crashed', reason: `it could not be started: ${end.error.message}` };
  if (end.code === 1 && isHeldByAnother(task.folder, end)) return { status: 'busy', reason: end.said };
  const how =
    end.killedBy === null ? `it ended with exit code ${end.code ?? ''}` : `${end.killedBy} ended it`;
  return { status: 'crashed', reason: `${how}${said}` };
}

/** What the run itself said: a lock that a killed run has left is no reason to wait for it. */
function isHeldByAnother(
  folder: string,
  { pid, said }: { readonly pid: number | undefined; readonly said: string },
): boolean {
  try {
    const lock = readJsonFile(join(folder, 'lock.json'), z.object({ process: z.int() }));
    return lock.process !== pid && said.includes(`is being written by process ${lock.process}`);
  } catch {
    return false;
  }
}

/** Calls back with each new state that the child leaves in `progress.json`; the returned function ends that. */
function watchProgress(
  { folder }: RunTask,
  child: ChildProcess,
  onProgress?: (progress: RunProgress) => void,
): () => void {
  if (onProgress === undefined) return () => undefined;
  let last = '';
  const timer = setInterval(() => {
    try {
      const progress = readJsonFile(join(folder, 'progress.json'), runProgressSchema);
      if (progress.process !== child.pid || progress.updatedAt === last) return;
      last = progress.updatedAt;
      onProgress(progress);
    } catch {
      // Not there yet, or of another version: a run goes on without being watched.
    }
  }, progressMilliseconds);
  return () => {
    clearInterval(timer);
  };
}

/** A file that a child's output is added to, and the last thing that this attempt said there. */
function openLog(path: string): { readonly file: number; readonly lastLine: () => string } {
  try {
    makeFolder(join(path, '..'));
    const file = openSync(path, 'a+');
    const start = fstatSync(file).size;
    return {
      file,
      lastLine() {
        const size = fstatSync(file).size;
        const from = Math.max(start, size - longestReason);
        const bytes = Buffer.alloc(size - from);
        readSync(file, bytes, 0, bytes.length, from);
        // Node ends an uncaught error's report with its version, after the stack.
        const lines = bytes.toString().split('\n');
        const telling = lines.filter((line) => line.trim() !== '' && !/^Node\.js v|^\s+at /.test(line));
        return telling.at(-1)?.trim() ?? '';
      },
    };
  } catch (error) {
    throw explainFileError(error, path);
  }
}
