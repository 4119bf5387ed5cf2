import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importCycles } from './import-cycles.js';
import { root, workspacePackages } from './published-packages.js';

describe('imports', () => {
  it.each(
    workspacePackages()
      .map(({ folder }) => join(folder, 'src'))
      .filter((folder) => folder !== 'src' && existsSync(join(root, folder))),
  )('of %s go one way, types included', (folder) => {
    expect(importCycles(join(root, folder))).toEqual([]);
  });

  it('in a circle are found, also where only a type closes it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cycles-'));
    const write = (name: string, text: string): void => {
      writeFileSync(join(folder, name), text);
    };
    write('a.ts', "import { b } from './b.js';\nexport const a = b;\n");
    write('b.ts', "export const b = 1;\nexport type { C } from './c.js';\n");
    write('c.ts', "import type { a } from './a.js';\nexport type C = typeof a;\n");
    write('d.ts', "import { a } from './a.js';\nexport const d = a;\n");
    expect(importCycles(folder)).toEqual([['a.ts', 'b.ts', 'c.ts']]);
    rmSync(folder, { recursive: true });
  });
});
