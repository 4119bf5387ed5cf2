import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveExperiment } from '../experiment/resolve-experiment.js';
import { lockRunFolder } from '../records/run-lock.js';
import { childRunner } from './child-runner.js';
import { readReturnedFiles, type ReturnedFiles, writeReturnedFiles } from './returned-files.js';

const experiment = resolveExperiment('quick/softmax');
const command = [process.execPath, fileURLToPath(new URL('../../test/fake-run.js', import.meta.url))];

let folder = '';
let home = '';
let files: ReturnedFiles = {};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'returned-files-'));
  home = join(folder, 'home');
  const away = join(folder, 'away');
  const task = { id: 'run-1', experiment, folder: away, notesFolder: join(folder, 'notes') };
  await childRunner({ command })(task, { signal: new AbortController().signal });
  files = readReturnedFiles(away);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('writeReturnedFiles', () => {
  it('puts the files of a run into its folder, and lets go of it', async () => {
    expect(await writeReturnedFiles(home, files, experiment)).toMatchObject({ status: 'completed' });
    expect(readdirSync(home).sort()).toEqual(Object.keys(files).sort());
    expect(readFileSync(join(home, 'result.json'), 'utf8')).toBe(files['result.json']);
  });

  it('leaves a run alone that is finished there already', async () => {
    await writeReturnedFiles(home, files, experiment);
    await writeReturnedFiles(home, { ...files, 'environment.json': 'of another worker' }, experiment);
    expect(readFileSync(join(home, 'environment.json'), 'utf8')).toBe(files['environment.json']);
  });

  it('refuses what is not of this run, or not whole, and writes nothing', async () => {
    const other = { ...experiment, seed: 7 };
    await expect(writeReturnedFiles(home, files, other)).rejects.toThrow(/is of another experiment/);
    const half = { ...files, 'result.json': '{}' };
    await expect(writeReturnedFiles(home, half, experiment)).rejects.toThrow(
      /is not what this version reads/,
    );
    expect(() => readdirSync(home)).toThrow(/ENOENT/);
  });

  it('does not touch a folder that a living run holds', async () => {
    await writeReturnedFiles(home, files, experiment);
    rmSync(join(home, 'result.json'));
    const lock = await lockRunFolder(home);
    await expect(writeReturnedFiles(home, files, experiment)).rejects.toThrow(/is being written by process/);
    expect(readdirSync(home)).not.toContain('result.json');
    lock.release();
    expect(await writeReturnedFiles(home, files, experiment)).toMatchObject({ status: 'completed' });
  });
});
