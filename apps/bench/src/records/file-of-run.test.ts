import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileOfRun } from './file-of-run.js';

describe('fileOfRun', () => {
  it('is the path of a file that is there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'file-of-run-'));
    writeFileSync(join(folder, 'model.json'), '{}');
    expect(fileOfRun('initialise.from', folder, 'model.json')).toBe(join(folder, 'model.json'));
    rmSync(folder, { recursive: true });
  });

  it('names the command of a folder in its usual place', () => {
    expect(() => fileOfRun('initialise.from', 'runs/study/pilot/seed-12', 'model.json')).toThrow(
      /^initialise\.from is runs\/study\/pilot\/seed-12, and no run has completed there; carry that run out first: bench run study\/pilot --seed 12\.$/,
    );
  });

  it.each(['/elsewhere/study/pilot/seed-1', 'runs/study/seed-1', 'runs/study/pilot'])(
    'knows no command for %s',
    (folder) => {
      expect(() => fileOfRun('initialise.from', folder, 'model.json')).toThrow(/that run out first\.$/);
    },
  );
});
