import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findRunFolders } from './find-run-folders.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-find-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function put(...path: string[]): void {
  const file = join(folder, ...path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '{}');
}

const found = (): string[] => findRunFolders(folder).map((path) => path.slice(folder.length + 1));

describe('findRunFolders', () => {
  it('finds runs that have ended, that are running and that have just begun, in natural order', () => {
    put('a', 'seed-10', 'result.json');
    put('a', 'seed-2', 'progress.json');
    put('b', 'config.json');
    put('b', 'environment.json');
    put('experiments', 'config.json');
    expect(found()).toEqual([join('a', 'seed-2'), join('a', 'seed-10'), 'b']);
  });

  it('takes the folder itself for a run when it is one', () => {
    put('result.json');
    put('checkpoint', 'result.json');
    expect(found()).toEqual(['']);
  });

  it('follows no links and looks into nothing hidden', () => {
    put('a', 'result.json');
    put('.git', 'b', 'result.json');
    put('node_modules', 'c', 'result.json');
    symlinkSync(folder, join(folder, 'again'));
    expect(found()).toEqual(['a']);
  });

  it('finds nothing where there is no folder', () => {
    expect(findRunFolders(join(folder, 'nowhere'))).toEqual([]);
  });
});
