import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** How the names of files begin that are not whole yet. */
export const unfinished = '.unfinished-';

const oldMilliseconds = 24 * 60 * 60 * 1000;

/** Removes the unfinished files that killed processes have left in a folder: those that nobody has written to for a day. */
export async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(unfinished)) continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > oldMilliseconds) await rm(path, { force: true });
  }
}
