import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, type WorkspacePackage } from './published-packages.js';

const shippedFolders = ['bin', 'src', 'vendor'];

/**
 * Sentences about dependencies of published packages that no file of them names in quotes. Peers that are optional and `vitest`, which
 * contract suites import, count as any other.
 */
export function unusedDependencies(packages: readonly WorkspacePackage[]): string[] {
  return packages.flatMap(({ folder, manifest }) => {
    const code = shippedCode(folder);
    return Object.keys({ ...manifest.peerDependencies, ...manifest.dependencies })
      .filter((name) => !namesModule(code, name))
      .map((name) => `no code of ${folder} imports ${name}: take it out of its manifest`);
  });
}

/** Whether code has this module, or a path in it, as a string. */
export function namesModule(code: string, name: string): boolean {
  return [`'${name}'`, `"${name}"`, `'${name}/`, `"${name}/`].some((text) => code.includes(text));
}

function shippedCode(folder: string): string {
  const files = shippedFolders
    .map((name) => join(root, folder, name))
    .filter((path) => existsSync(path))
    .flatMap((path) =>
      readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name)),
    );
  return files
    .filter((file) => /\.[jt]s$/.test(file) && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}
