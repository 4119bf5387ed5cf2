import { readdirSync, type Dirent } from 'node:fs';
import { join, resolve } from 'node:path';
import { explainReadError } from './read-regular-file.js';
import { readResult } from './read-result.js';
import type { RunResult } from './run-result.js';
import { UserError } from './user-error.js';

/** How deep below the given folder runs are looked for, and in how many folders at most. */
const mostLevels = 16;
const mostFolders = 100_000;

/** A run that has ended, in whatever way. */
export interface FoundRun {
  /** Absolute. */
  readonly folder: string;
  readonly result: RunResult;
}

/** All runs below a folder, each list sorted by path. */
export interface FoundRuns {
  readonly runs: readonly FoundRun[];
  /** Folders of runs without a result: they are running, or were killed. */
  readonly unfinished: readonly string[];
  /** Results that cannot be read or are of another version, each with one sentence that says why. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/**
 * Walks a folder for runs: the folders that hold `result.json`, or `config.json` and `environment.json` without one. Does not
 * follow links to folders below the first.
 *
 * @throws UserError when the folder does not exist, or holds more folders than any tree of runs would.
 */
export function findRuns(folder: string): FoundRuns {
  const runs: FoundRun[] = [];
  const unfinished: string[] = [];
  const unreadable: { path: string; reason: string }[] = [];
  const root = resolve(folder);
  const waiting = [{ path: root, level: 0 }];
  for (let count = 0; count < waiting.length; count += 1) {
    const { path, level } = waiting[count]!;
    if (count >= mostFolders)
      throw new UserError(`${folder} holds more than ${mostFolders} folders; give the folder of the runs.`);
    let entries: Dirent[];
    try {
      entries = readdirSync(path, { withFileTypes: true });
    } catch (error) {
      const reason =
        (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? 'it is not a folder' : explainReadError(error);
      if (path === root) throw new UserError(`Cannot read ${folder}: ${reason}.`, { cause: error });
      unreadable.push({ path, reason: `${path} cannot be read: ${reason}.` });
      continue;
    }
    const names = new Set(entries.map(({ name }) => name));
    if (names.has('result.json')) {
      try {
        runs.push({ folder: path, result: readResult(path, { within: root }) });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        unreadable.push({ path: join(path, 'result.json'), reason: error.message });
      }
    } else if (names.has('config.json') && names.has('environment.json')) {
      unfinished.push(path);
    }
    for (const entry of entries) {
      const below = join(path, entry.name);
      if (!entry.isDirectory() || entry.name === 'node_modules' || entry.name === '.git') continue;
      if (level < mostLevels) waiting.push({ path: below, level: level + 1 });
      else unreadable.push({ path: below, reason: `${below} lies too deep to be looked into.` });
    }
  }
  return {
    runs: runs.sort((left, right) => compareNaturally(left.folder, right.folder)),
    unfinished: unfinished.sort(compareNaturally),
    unreadable: unreadable.sort((left, right) => compareNaturally(left.path, right.path)),
  };
}

const collator = new Intl.Collator('en');

/** Orders `seed-2` before `seed-10`, and `rate-0.25` before `rate-0.5`. */
export function compareNaturally(left: string, right: string): number {
  const [one, other] = [left, right].map((text) => text.split(/(\d+(?:\.\d+)?)/)) as [string[], string[]];
  for (let index = 0; index < Math.min(one.length, other.length); index += 1) {
    const [a, b] = [one[index]!, other[index]!];
    // Every second part is a number.
    const order = index % 2 === 1 ? Number(a) - Number(b) : collator.compare(a, b);
    if (order !== 0) return order;
  }
  return one.length - other.length || (left < right ? -1 : left > right ? 1 : 0);
}
