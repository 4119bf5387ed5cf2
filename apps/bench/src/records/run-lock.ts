import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { explainFileError } from './explain-file-error.js';
import { readJsonFile } from './read-json-file.js';
import { errorCode } from './error-code.js';
import { isRunning } from './is-running.js';
import { removeIfPossible } from './temporary-files.js';
import { UserError } from './user-error.js';

/** How often a run says that it is alive. */
const beatMilliseconds = 2000;
/** How long another machine's lock must stand still before its run counts as dead. */
const deadMilliseconds = 15_000;

const lockSchema = z.strictObject({
  process: z.int(),
  /** When the process began, in the kernel's own count, where it tells: process numbers are used again. */
  began: z.string().nullable(),
  host: z.string(),
  beat: z.int(),
});

type Lock = z.output<typeof lockSchema>;

/** Holds a run's folder: no second process writes there meanwhile. */
export interface RunLock {
  /** @throws UserError when the folder was deleted or taken over, so that nothing is written into what is no longer this run's. */
  check(): void;
  release(): void;
}

/**
 * Takes a folder's lock, or one whose process is gone: at once on the same machine, after watching it stand still on another.
 *
 * @throws UserError when a living run holds the folder.
 */
export async function lockRunFolder(folder: string): Promise<RunLock> {
  const path = join(folder, 'lock.json');
  const mine: Lock = { process: process.pid, began: processBegan(process.pid), host: hostname(), beat: 0 };
  while (!createExclusively(path, mine)) {
    const held = readLock(path);
    if (held !== undefined && !(await isDead(path, held))) {
      throw new UserError(
        `${folder} is being written by process ${held.process} on ${held.host}. Wait for it or stop it, or choose another folder with --out.`,
        { exitCode: 1 },
      );
    }
    removeLock(path);
  }
  removeIfPossible(`${path}.tmp`);
  const timer = setInterval(() => {
    mine.beat += 1;
    // A beat that cannot be written is no reason to stop: `check` will say so before anything is saved.
    if (isOurs(path, mine)) writeQuietly(path, mine);
  }, beatMilliseconds);
  timer.unref();
  return {
    check() {
      if (!isOurs(path, mine)) {
        throw new UserError(
          `${folder} was deleted or taken over by another process while the run was going on. Nothing more is written there.`,
          { exitCode: 1 },
        );
      }
    },
    release() {
      clearInterval(timer);
      // One that stays, on a disk that has become read-only, is that of a dead process soon.
      if (isOurs(path, mine)) removeIfPossible(path);
    },
  };
}

function removeLock(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw explainFileError(error, path);
  }
}

function createExclusively(path: string, lock: Lock): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx');
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw explainFileError(error, path);
  }
  try {
    writeSync(file, JSON.stringify(lock));
  } catch (error) {
    removeIfPossible(path);
    throw explainFileError(error, path);
  } finally {
    closeSync(file);
  }
  return true;
}

function readLock(path: string): Lock | undefined {
  try {
    return readJsonFile(path, lockSchema, { mostBytes: 65_536 });
  } catch {
    return undefined;
  }
}

function isOurs(path: string, mine: Lock): boolean {
  const found = readLock(path);
  return found?.process === mine.process && found.host === mine.host && found.began === mine.began;
}

async function isDead(path: string, held: Lock): Promise<boolean> {
  if (held.host === hostname()) {
    return !isRunning(held.process) || processBegan(held.process) !== held.began;
  }
  for (let waited = 0; waited < deadMilliseconds; waited += beatMilliseconds) {
    await wait(beatMilliseconds);
    const now = readLock(path);
    if (now?.beat !== held.beat) return false;
  }
  return true;
}

function processBegan(process_: number): string | null {
  try {
    const text = readFileSync(`/proc/${process_}/stat`, 'utf8');
    // The name, in brackets, may hold spaces; the start is the 20th field after it.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function writeQuietly(path: string, lock: Lock): void {
  try {
    // Not flushed to disk: only a living process needs it.
    writeFileSync(`${path}.tmp`, JSON.stringify(lock));
    renameSync(`${path}.tmp`, path);
  } catch {
    // See above.
  }
}
