import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { markdownFiles, type Program, programsOf } from '../src/index.js';

export const root = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');

/** A program of a Markdown file, and where it was written. */
export interface WrittenProgram extends Program {
  /** The Markdown file, relative to the root. */
  readonly from: string;
  readonly path: string;
  readonly title: string;
}

/**
 * Writes the programs of all Markdown files to a folder from which our packages can be imported.
 *
 * @param folder - Each caller's own, because tests run side by side.
 */
export function writtenPrograms(folder: string): WrittenProgram[] {
  const target = join(root, 'tools/manuals/dist', folder);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  return markdownFiles(root).flatMap((from) =>
    programsOf(readFileSync(join(root, from), 'utf8')).map((program) => {
      const path = join(target, `${from.replaceAll(/[/.]/g, '-')}-${program.line}.${program.language}`);
      writeFileSync(path, `${program.code}export {};\n`);
      return { ...program, from, path, title: `${from}:${program.line}` };
    }),
  );
}
