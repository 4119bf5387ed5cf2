import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AllowedFolders, allowedFolders } from './allowed-folders.js';

let folder = '';
let mayRead: AllowedFolders;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'allowed-folders-')));
  mkdirSync(join(folder, 'open', 'inner'), { recursive: true });
  mkdirSync(join(folder, 'closed', 'inner'), { recursive: true });
  writeFileSync(join(folder, 'closed', 'secret.txt'), '');
  symlinkSync(join(folder, 'closed'), join(folder, 'open', 'out'));
  symlinkSync(join(folder, 'closed', 'inner'), join(folder, 'open', 'deep'));
  symlinkSync(join(folder, 'open'), join(folder, 'alias'));
  mayRead = allowedFolders([join(folder, 'open')]);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('allowedFolders', () => {
  it.each(['open', 'open/inner', 'open/inner/not-there/yet', 'open/./inner', 'open/..hidden'])(
    'allows %s',
    (path) => {
      expect(mayRead(`${folder}/${path}`)).toBe(true);
    },
  );

  it.each([
    'closed/secret.txt',
    'open/../closed/secret.txt',
    'open/out/secret.txt',
    'open/deep/../secret.txt',
    'open/inner/../../closed/secret.txt',
    'opened',
    'open\0/x',
    '',
  ])('refuses %j', (path) => {
    expect(mayRead(`${folder}/${path}`)).toBe(false);
  });

  it('takes paths relative to the working folder', () => {
    expect(mayRead(relative('.', join(folder, 'open', 'inner')))).toBe(true);
    expect(mayRead(relative('.', join(folder, 'closed')))).toBe(false);
  });

  it('follows links of the folders themselves', () => {
    const through = allowedFolders([join(folder, 'alias')]);
    expect(through(join(folder, 'alias', 'inner'))).toBe(true);
    expect(through(join(folder, 'open', 'inner'))).toBe(true);
    expect(through(join(folder, 'alias', 'out', 'secret.txt'))).toBe(false);
  });
});
