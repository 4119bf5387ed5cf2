import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { optionalPrograms } from './optional-programs.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-programs-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('optionalPrograms', () => {
  it('finds programs along PATH, and says what to type for those that are missing', () => {
    const path = join(folder, 'redis-server');
    writeFileSync(path, '');
    chmodSync(path, 0o755);
    const [redis, tensorboard] = optionalPrograms({ PATH: `/nowhere:${folder}` });
    expect(redis).toEqual({
      name: 'redis-server',
      path,
      detail: `${path}; for bench sweep --redis and bench work`,
    });
    expect(tensorboard).toMatchObject({ path: null });
    expect(tensorboard?.detail).toContain('Type: python3 -m pip install tensorboard');
  });

  it('finds nothing without a PATH', () => {
    expect(optionalPrograms({}).map(({ path }) => path)).toEqual([null, null]);
  });
});
