import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, vi } from 'vitest';
import { writtenPrograms } from './written-programs.js';

/**
 * Runs every program of our Markdown files, each from an empty folder, except those that say `// not run: why`. Programs that import
 * the native backend run in another process than those that don't, because the import decides where everybody computes.
 */
export function runPrograms(kind: 'native' | 'plain'): void {
  describe(`the programs in our Markdown files run (${kind})`, () => {
    const programs = writtenPrograms(kind).filter(
      ({ code }) => code.includes('@hyperspherical/tfjs-native') === (kind === 'native'),
    );
    const home = process.cwd();
    for (const { title, path, notRun } of programs) {
      it.skipIf(notRun !== undefined)(title, async () => {
        const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
        try {
          process.chdir(mkdtempSync(join(tmpdir(), 'manual-')));
          await import(path);
        } finally {
          process.chdir(home);
          log.mockRestore();
        }
      });
    }
  });
}
