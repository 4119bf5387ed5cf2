import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const prefix = '.incoming-';
const oldMilliseconds = 24 * 60 * 60 * 1000;

/**
 * Makes a folder for unfinished files inside another, which is made too, and removes those that killed processes have left there.
 * Its name says whose it is: `.incoming-<host>-<process>-<random>`.
 */
export async function makeWorkFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (name.startsWith(prefix) && (await isAbandoned(join(folder, name), name))) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
  }
  return mkdtemp(join(folder, `${prefix}${host()}-${process.pid}-`));
}

function host(): string {
  return hostname().replaceAll(/[^a-z0-9]/gi, '_');
}

async function isAbandoned(path: string, name: string): Promise<boolean> {
  const [owner, processId] = name.slice(prefix.length).split('-');
  if (owner === host() && processId !== undefined) return !isRunning(Number(processId));
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > oldMilliseconds;
}

function isRunning(processId: number): boolean {
  try {
    // Signal 0 only asks whether the process is there.
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
