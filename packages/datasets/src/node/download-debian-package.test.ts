import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.js';
import { downloadDebianPackage } from './download-debian-package.js';

const path = process.env.PATH;

afterEach(() => {
  process.env.PATH = path;
});

/** A folder whose `apt-get` is this shell script; the only one that is found. */
async function withApt(script: string): Promise<string> {
  const folder = await temporaryFolder();
  const program = join(folder, 'apt-get');
  await writeFile(program, `#!/bin/sh\n${script}\n`);
  await chmod(program, 0o755);
  process.env.PATH = folder;
  return folder;
}

const source = {
  spec: 'apt:pictures@1.2-3',
  location: 'apt:pictures@1.2-3',
  integrity: `sha256-${createHash('sha256').update('pixels').digest('base64')}`,
  bytes: 6,
  patienceSeconds: 1,
};

describe.skipIf(process.platform === 'win32')('downloadDebianPackage', () => {
  it('asks apt for that version, and keeps nothing but the package', async () => {
    await withApt('printf pixels > pictures.deb; [ "$*" = "download pictures=1.2-3" ]');
    const folder = await temporaryFolder();
    await downloadDebianPackage(source, join(folder, 'a.deb'), {});
    expect(await readFile(join(folder, 'a.deb'), 'utf8')).toBe('pixels');
    expect(await readdir(folder)).toEqual(['a.deb']);
  });

  it.each([
    ['another file', 'printf other > pictures.deb', /apt:pictures@1.2-3 sent 5 bytes with the checksum/],
    [
      'what apt says',
      'echo "E: No packages found" >&2; exit 100',
      /^No packages found \(apt-get update may help\)$/,
    ],
  ])('passes on %s as an error, and leaves nothing', async (_name, script, message) => {
    await withApt(script);
    const folder = await temporaryFolder();
    await expect(downloadDebianPackage(source, join(folder, 'a.deb'), {})).rejects.toThrow(message);
    expect(await readdir(folder)).toEqual([]);
  });

  it('says that there is no apt', async () => {
    process.env.PATH = await temporaryFolder();
    const folder = await temporaryFolder();
    await expect(downloadDebianPackage(source, join(folder, 'a.deb'), {})).rejects.toThrow(
      'there is no apt-get here',
    );
    expect(existsSync(join(folder, 'a.deb'))).toBe(false);
  });
});
