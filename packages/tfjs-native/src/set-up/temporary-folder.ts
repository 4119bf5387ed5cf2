import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const prefix = '.making';
const dayMilliseconds = 86_400_000;

/** A name for a temporary folder that tells who made it: process, and machine for caches on a network disk. */
export function temporaryName(): string {
  return [prefix, process.pid, randomBytes(4).toString('hex'), hostname()].join('.');
}

/** Makes a temporary folder beside the engines. */
export async function makeTemporaryFolder(engines: string): Promise<string> {
  const folder = join(engines, temporaryName());
  await mkdir(folder);
  return folder;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function isStale(engines: string, name: string): Promise<boolean> {
  const [, , pid = '', , ...host] = name.split('.');
  if (host.join('.') === hostname()) return !isAlive(Number(pid));
  const found = await stat(join(engines, name)).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > dayMilliseconds;
}

/**
 * Removes temporary folders whose makers are gone: processes of this machine that have ended, or of other machines
 * when they are a day old. What cannot be removed is left.
 */
export async function removeStaleFolders(engines: string): Promise<void> {
  const names = await readdir(engines).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(`${prefix}.`))) {
    if (await isStale(engines, name)) {
      await rm(join(engines, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
    }
  }
}
