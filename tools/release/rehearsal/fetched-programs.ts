import { mkdirSync, mkdtempSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { run } from './run.js';

function cacheFolder(): string {
  const { HYPERSPHERICAL_CACHE: own, XDG_CACHE_HOME: shared } = process.env;
  const folder =
    own ?? (shared ? join(shared, 'hyperspherical') : join(homedir(), '.cache', 'hyperspherical'));
  return resolve(folder, 'release-rehearsal');
}

/** Installs one package of the npm registry into the cache, once, and returns its folder. */
async function fetchPackage(name: string, version: string): Promise<string> {
  const cache = cacheFolder();
  const folder = join(cache, `${name}-${version}`);
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const making = mkdtempSync(join(cache, '.making-'));
    try {
      writeFileSync(join(making, 'package.json'), '{ "private": true }');
      const words = [
        'npm',
        'install',
        '--no-audit',
        '--no-fund',
        '--ignore-scripts',
        `${name}@${version}`,
      ] as const;
      await run(words, { folder: making });
      // Somebody else may have been first.
      if (!existsSync(folder)) renameSync(making, folder);
    } finally {
      rmSync(making, { recursive: true, force: true });
    }
  }
  return join(folder, 'node_modules', name);
}

/** The folder of a Node of that version, with its program in `bin/`. */
export async function fetchNode(version: string): Promise<string> {
  return fetchPackage(`node-${process.platform}-${process.arch}`, version);
}

/** The compiler of a TypeScript of that version, to be run by Node. */
export async function fetchTypeScript(version: string): Promise<string> {
  return join(await fetchPackage('typescript', version), 'bin', 'tsc');
}
