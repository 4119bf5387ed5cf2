import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { resolveExperiment } from './resolve-experiment.js';

it('says of a named pipe that it is one, not that there is no experiment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'find-experiment-'));
  try {
    const pipe = join(folder, 'pipe.json');
    execFileSync('mkfifo', [pipe]);
    expect(() => resolveExperiment(pipe)).toThrow(/pipe\.json is a named pipe, not a file\.$/);
    expect(() => resolveExperiment('/dev/null')).toThrow(/null is a device, not a file\.$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
