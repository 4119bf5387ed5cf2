import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** All modules that a module loads, with what it names them. */
function modulesOf(path: string, seen = new Map<string, string[]>()): Map<string, string[]> {
  if (seen.has(path)) return seen;
  const source = readFileSync(path, 'utf8');
  const named = [...source.matchAll(/(?:from|import|require)[\s(]*'([^']+)'/g)].map((match) => match[1]!);
  seen.set(path, named);
  for (const name of named.filter((one) => one.startsWith('.'))) {
    modulesOf(join(dirname(path), name.replace(/\.js$/, '.ts')), seen);
  }
  return seen;
}

it('runs in a browser: the main entry loads nothing but its own modules, and names nothing that only Node has', () => {
  const modules = modulesOf(fileURLToPath(new URL('index.ts', import.meta.url)));
  expect(modules.size).toBeGreaterThan(10);
  for (const [path, named] of modules) {
    expect(existsSync(path)).toBe(true);
    expect(
      named.filter((name) => !name.startsWith('.')),
      path,
    ).toEqual([]);
    expect(path).not.toContain('/node/');
    expect(readFileSync(path, 'utf8'), path).not.toMatch(/\b(?:Buffer|process|require|__dirname)\b[.(]/);
  }
});
