import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { engineStateBySha256 } from './engine-manifest.js';
import { temporaryName } from './temporary-folder.js';

function isOccupied(error: unknown): boolean {
  const codes = ['ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EISDIR'];
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/**
 * Puts a finished engine in its place by one rename. When another process was first, its engine stays and this one
 * is dropped; a damaged engine is moved aside and removed, with `replace` a whole one too.
 */
export async function publishEngine(making: string, folder: string, replace = false): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(making, folder);
      return;
    } catch (error) {
      if (!isOccupied(error) || attempt === 5) throw error;
    }
    if (!replace && (await engineStateBySha256(folder)).state === 'ready') {
      await rm(making, { recursive: true, force: true });
      return;
    }
    const aside = join(dirname(folder), temporaryName());
    // Somebody else may have moved it in the meantime.
    await rename(folder, aside).catch(() => undefined);
    await rm(aside, { recursive: true, force: true });
  }
}
