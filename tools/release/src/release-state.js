// Says where main stands: `unversioned` while changesets wait for a version, `unpublished` when npm lacks the version of a
// package, else `published`.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

function isPublished({ name, version }) {
  const { status, stdout, stderr } = spawnSync('npm', ['view', `${name}@${version}`, 'version'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0 && !stderr.includes('E404')) throw new Error(stderr);
  return status === 0 && stdout.trim() === version;
}

const manifests = ['packages', 'apps']
  .flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name, 'package.json')))
  .filter((path) => existsSync(path))
  .map((path) => JSON.parse(readFileSync(path, 'utf8')))
  .filter((manifest) => manifest.private !== true);

const waits = readdirSync(join(root, '.changeset')).some(
  (name) => name.endsWith('.md') && name !== 'README.md',
);
console.log(waits ? 'unversioned' : manifests.every(isPublished) ? 'published' : 'unpublished');
