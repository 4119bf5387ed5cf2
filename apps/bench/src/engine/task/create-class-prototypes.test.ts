import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createClassPrototypes } from './create-class-prototypes.js';

const folder = mkdtempSync(join(tmpdir(), 'class-prototypes-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('prototypes of a file', () => {
  it.each<[string, string, (path: string) => unknown]>([
    ['a named pipe', 'is a named pipe, not a file', (path) => execFileSync('mkfifo', [path])],
    ['absent', 'it does not exist', () => undefined],
    [
      'no .npy file',
      'Cannot read prototypes from',
      (path) => {
        writeFileSync(path, 'x');
      },
    ],
  ])('are refused where it is %s', async (name, reason, make) => {
    const path = join(folder, name);
    make(path);
    const options = { classNames: ['cat', 'dog'], seed: 0 };
    await expect(createClassPrototypes({ method: 'file', path }, options)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(reason) as string,
    });
  });
});
