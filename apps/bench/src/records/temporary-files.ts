import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isRunning } from './is-running.js';

/** Where a file is written before it is renamed to `path`, by this process. */
export function temporaryPath(path: string): string {
  return `${path}.${process.pid}.tmp`;
}

/** The name of the file that one of this name was to become; undefined where it is no temporary file of ours. */
export function temporaryOf(name: string): string | undefined {
  return /^(.+)\.\d{1,10}\.tmp$/.exec(name)?.[1];
}

/**
 * Deletes what processes that have died have left of writing these files, which must not be written by this process meanwhile. Those of
 * living processes stay.
 */
export function removeDeadTemporaries(paths: readonly string[]): void {
  for (const folder of new Set(paths.map((path) => dirname(path)))) {
    const names = new Set(paths.filter((path) => dirname(path) === folder).map((path) => basename(path)));
    for (const entry of list(folder)) {
      const of = temporaryOf(entry);
      if (of === undefined || !names.has(of)) continue;
      const writer = Number(/\.(\d+)\.tmp$/.exec(entry)![1]);
      // This process writes none at the moment: one with its number is of an earlier process.
      if (writer === process.pid || !isRunning(writer)) removeIfPossible(join(folder, entry));
    }
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Deletes a file; one that stays is no reason to stop. */
export function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It is on a read-only disk, say, or is a folder.
  }
}
