import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { explainFileError } from './explain-file-error.js';
import { makeFolder } from './make-folder.js';
import { removeDeadTemporaries, removeIfPossible, temporaryPath } from './temporary-files.js';

/** What this process has written: whatever others left of these files has been cleared. */
const written = new Set<string>();

/**
 * Writes a file so that a reader sees the old content or the new, never a part: to a temporary file beside it, flushed to
 * disk, then renamed over it. What dead processes left of writing it is deleted.
 *
 * @throws UserError when the disk is full, the folder cannot be written, ...
 */
export function writeFileDurably(path: string, parts: readonly (string | Uint8Array)[]): void {
  const temporary = temporaryPath(path);
  if (!written.has(path)) removeDeadTemporaries([path]);
  written.add(path);
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

/** Writes all of it: the system may take less at once than it is given. */
export function writeWhole(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}
