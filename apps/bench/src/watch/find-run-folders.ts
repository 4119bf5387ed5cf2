import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { compareNaturally } from '../records/find-runs.js';

const mostLevels = 16;
const mostFolders = 20_000;
const passedOver = new Set(['node_modules', 'checkpoint', 'tensorboard']);

/**
 * The folders of runs in and below a folder, whether they are running, have ended or wait: those that hold `result.json`,
 * `progress.json`, or `config.json` with `environment.json`. Reads names only. Follows no links, and does not look inside a run.
 */
export function findRunFolders(root: string): string[] {
  const found: string[] = [];
  const waiting = [{ path: root, level: 0 }];
  for (let index = 0; index < waiting.length && index < mostFolders; index += 1) {
    const { path, level } = waiting[index]!;
    const entries = list(path);
    const names = new Set(entries.map(({ name }) => name));
    if (isRun(names)) {
      found.push(path);
      continue;
    }
    if (level === mostLevels) continue;
    for (const entry of entries) {
      if (entry.isDirectory() && !entry.name.startsWith('.') && !passedOver.has(entry.name))
        waiting.push({ path: join(path, entry.name), level: level + 1 });
    }
  }
  return found.sort(compareNaturally);
}

function isRun(names: ReadonlySet<string>): boolean {
  return (
    names.has('result.json') ||
    names.has('progress.json') ||
    (names.has('config.json') && names.has('environment.json'))
  );
}

function list(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    // It was deleted meanwhile, or is not for us to read.
    return [];
  }
}
