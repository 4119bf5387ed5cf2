import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import typescript from 'typescript';

/**
 * The groups of files that import each other in a circle, type imports included: each group is sorted, and none is empty where the
 * imports go one way.
 *
 * @param folder - Its TypeScript files are read, tests and declarations not.
 */
export function importCycles(folder: string): string[][] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.(?:test|d)\.ts$/.test(name))
    .map((name) => resolve(folder, name));
  const imports = new Map(files.map((file) => [file, importsOf(file)]));
  return stronglyConnected(imports)
    .filter((group) => group.length > 1)
    .map((group) => group.map((file) => relative(folder, file)).sort());
}

function importsOf(file: string): string[] {
  const { importedFiles } = typescript.preProcessFile(readFileSync(file, 'utf8'));
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => join(dirname(file), fileName.replace(/\.js$/, '.ts')))
    .filter((path) => existsSync(path));
}

/** Tarjan's algorithm: groups of files that reach each other. */
function stronglyConnected(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const stack: string[] = [];
  const groups: string[][] = [];
  const visit = (file: string): number => {
    order.set(file, order.size);
    let low = order.get(file)!;
    stack.push(file);
    for (const imported of imports.get(file) ?? []) {
      if (!order.has(imported)) low = Math.min(low, visit(imported));
      else if (stack.includes(imported)) low = Math.min(low, order.get(imported)!);
    }
    if (low === order.get(file)) groups.push(stack.splice(stack.indexOf(file)));
    return low;
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return groups;
}
