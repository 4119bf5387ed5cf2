import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { explainFileError } from './explain-file-error.js';
import { makeFolder } from './make-folder.js';

/**
 * Writes a file so that a reader sees the old content or the new, never a part: to a temporary file beside it, flushed to
 * disk, then renamed over it.
 *
 * @throws UserError when the disk is full, the folder cannot be written, ...
 */
export function writeFileDurably(path: string, parts: readonly (string | Uint8Array)[]): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    makeFolder(dirname(path));
    const file = openSync(temporary, 'w');
    try {
      for (const part of parts) writeWhole(file, typeof part === 'string' ? Buffer.from(part) : part);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    removeIfPossible(temporary);
    throw explainFileError(error, path);
  }
}

function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What went wrong before is what to tell.
  }
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}
