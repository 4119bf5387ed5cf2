import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { root, type WorkspacePackage } from './published-packages.js';

/** One size and the most that it may be. */
export interface SizeLine {
  /** Such as `packages/heads index in a browser, with prototypes and losses`. */
  readonly what: string;
  readonly bytes: number;
  readonly budget: number | undefined;
}

/** An entry point as a browser gets it. */
export interface BrowserBudget {
  readonly package: string;
  /** The built file, such as `index.js`. */
  readonly entry: string;
  /** Whether what it imports of ours is inside. tfjs never is. */
  readonly withOurs: boolean;
  /** Of the minified bundle, gzipped. */
  readonly gzipBytes: number;
}

/** What `size-budgets.json` says. */
export interface SizeBudgets {
  readonly browser: readonly BrowserBudget[];
  /** By folder: of the tarball, and of what it unpacks to. */
  readonly tarballs: Readonly<
    Record<string, { readonly packedBytes: number; readonly unpackedBytes: number }>
  >;
}

/** The budgets of this repository. */
export function readSizeBudgets(): SizeBudgets {
  return JSON.parse(readFileSync(new URL('../size-budgets.json', import.meta.url), 'utf8')) as SizeBudgets;
}

/** Bundles each browser entry with esbuild, minified, and measures it gzipped. Reads `dist/`, so build first. */
export async function browserSizes(budgets: readonly BrowserBudget[]): Promise<SizeLine[]> {
  return Promise.all(
    budgets.map(async ({ package: folder, entry, withOurs, gzipBytes }) => {
      const file = join(folder, 'dist', entry);
      if (!existsSync(join(root, file))) throw new Error(`${file} is missing: run pnpm build first`);
      const { outputFiles } = await build({
        absWorkingDir: root,
        entryPoints: [file],
        bundle: true,
        minify: true,
        format: 'esm',
        platform: 'browser',
        target: 'es2022',
        write: false,
        external: withOurs ? ['@tensorflow/*'] : ['@tensorflow/*', '@hyperspherical/*'],
        logLevel: 'silent',
      });
      const what = `${folder} ${entry} in a browser${withOurs ? ', with ours that it imports' : ''}`;
      return { what, bytes: gzipSync(outputFiles[0]!.contents, { level: 9 }).length, budget: gzipBytes };
    }),
  );
}

interface Packed {
  readonly name: string;
  readonly size: number;
  readonly unpackedSize: number;
}

/** What npm would pack of each published package; a package without a budget has none. */
export async function tarballSizes(
  packages: readonly WorkspacePackage[],
  budgets: SizeBudgets['tarballs'],
): Promise<SizeLine[]> {
  const folders = packages.map(({ folder }) => `./${folder}`);
  const words = ['pack', '--dry-run', '--json', '--ignore-scripts', ...folders];
  const { stdout } = await promisify(execFile)('npm', words, { cwd: root, maxBuffer: 2 ** 26 });
  const packed = new Map(
    Object.values(JSON.parse(stdout) as Record<string, Packed>).map((one) => [one.name, one]),
  );
  return packages.flatMap(({ folder, manifest }) => {
    const found = packed.get(manifest.name);
    if (found === undefined) throw new Error(`npm pack says nothing of ${folder}`);
    const budget = budgets[folder];
    return [
      { what: `${folder} packed`, bytes: found.size, budget: budget?.packedBytes },
      { what: `${folder} unpacked`, bytes: found.unpackedSize, budget: budget?.unpackedBytes },
    ];
  });
}

/** Sentences about what is over its budget, or has none. */
export function sizeProblems(lines: readonly SizeLine[]): string[] {
  return lines.flatMap(({ what, bytes, budget }) => {
    const kilobytes = (value: number): string => `${(value / 1000).toFixed(1)} kB`;
    if (budget === undefined) {
      return [
        `${what} is ${kilobytes(bytes)} and has no budget: give it one in tools/package-checks/size-budgets.json`,
      ];
    }
    if (bytes <= budget) return [];
    return [
      `${what} is ${kilobytes(bytes)}, over its budget of ${kilobytes(budget)}: look at what was added ` +
        '(esbuild --analyze names the files), make it smaller or load it on demand, or raise the budget in ' +
        'tools/package-checks/size-budgets.json and say why in the commit',
    ];
  });
}
