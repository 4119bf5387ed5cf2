// Says where main stands: `unversioned` while changesets wait for a version, `unpublished` when npm lacks the version of a
// package, else `published`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isPublished } from './is-published.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const manifests = ['packages', 'apps']
  .flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name, 'package.json')))
  .filter((path) => existsSync(path))
  .map((path) => JSON.parse(readFileSync(path, 'utf8')))
  .filter((manifest) => manifest.private !== true);

const waits = readdirSync(join(root, '.changeset')).some(
  (name) => name.endsWith('.md') && name !== 'README.md',
);
console.log(waits ? 'unversioned' : manifests.every(isPublished) ? 'published' : 'unpublished');
