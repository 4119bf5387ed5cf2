import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'hyperspherical-old-node-'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Makes Node say that it is another one, before anything else runs. */
function pretending(version: string): string[] {
  const path = join(folder, `${version}.cjs`);
  writeFileSync(
    path,
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`,
  );
  return ['--require', path];
}

describe.each([
  ['tfjs-native', 'packages/tfjs-native/bin/tfjs-native.js'],
  ['bench', 'apps/bench/bin/bench.js'],
])('the command %s', (name, path) => {
  it.each(['18.20.8', '20.18.3'])('says on Node %s which Node it needs', (version) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...pretending(version), join(root, path)],
      {
        encoding: 'utf8',
      },
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(
      new RegExp(
        `^${name} needs Node 20\\.19 or newer, and this is ${version.replaceAll('.', '\\.')}\\. Install`,
      ),
    );
  });
});

it('every package names the Node that it needs', () => {
  const listed = execFileSync('git', ['ls-files', 'packages/*/package.json', 'apps/bench/package.json'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const path of listed.trim().split('\n')) {
    const text = readFileSync(join(root, path), 'utf8');
    expect((JSON.parse(text) as { engines?: { node?: string } }).engines?.node, path).toBe('>=20.19.0');
  }
});
