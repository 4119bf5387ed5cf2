// All packages are released at one version, so a package may get one without a change of its own: its changelog says so.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
for (const group of ['packages', 'apps']) {
  for (const name of readdirSync(join(root, group))) {
    const path = join(root, group, name, 'CHANGELOG.md');
    if (!existsSync(path)) continue;
    const text = readFileSync(path, 'utf8');
    const complete = text.replace(/^(## \S+)\s*(?=^## |(?![\s\S]))/gm, '$1\n\nNo changes of its own.\n\n');
    if (complete !== text) writeFileSync(path, `${complete.trimEnd()}\n`);
  }
}
