import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type IConfigFile,
} from '@microsoft/api-extractor';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, type WorkspacePackage } from './published-packages.js';

/** The public types of one entry point of a package, as API Extractor writes them down. */
export interface ApiReport {
  /** Where it is kept, such as `packages/heads/api/layers.api.md`. */
  readonly file: string;
  readonly text: string;
}

/** An entry point with types: `.` is `index`. */
function entryPoints({ folder, manifest }: WorkspacePackage): { name: string; types: string }[] {
  return Object.entries(manifest.exports ?? {}).flatMap(([path, target]) => {
    const types = typeof target === 'string' ? undefined : target.types;
    if (types === undefined) return [];
    return [
      { name: path === '.' ? 'index' : path.slice(2).replaceAll('/', '-'), types: join(folder, types) },
    ];
  });
}

/**
 * Writes down the public types of every entry point of these packages. Reads `dist/`, so build first.
 *
 * @throws {Error} If an entry point is not built.
 */
export function makeApiReports(packages: readonly WorkspacePackage[]): ApiReport[] {
  const scratch = mkdtempSync(join(tmpdir(), 'api-reports-'));
  const entries = packages.flatMap((owner) => entryPoints(owner).map((entry) => ({ owner, ...entry })));
  for (const { types } of entries) {
    if (!existsSync(join(root, types))) throw new Error(`${types} is missing: run pnpm build first`);
  }
  const files = entries.map(({ types }) => join(root, types));
  let state: CompilerState | undefined;
  try {
    return entries.map(({ owner, name, types }) => {
      const reportFileName = `${name}.api.md`;
      const config = ExtractorConfig.prepare({
        configObject: configuration(owner.folder, types, files, scratch, reportFileName),
        configObjectFullPath: undefined,
        packageJsonFullPath: join(root, owner.folder, 'package.json'),
      });
      // One program for all: each would take seconds to read tfjs's types again.
      state ??= CompilerState.create(config, { additionalEntryPoints: files });
      Extractor.invoke(config, {
        compilerState: state,
        localBuild: true,
        messageCallback: (message) => {
          message.handled = true;
        },
      });
      const text = readFileSync(join(scratch, 'reports', reportFileName), 'utf8').replaceAll('\r\n', '\n');
      rmSync(join(scratch, 'reports', reportFileName));
      return { file: join(owner.folder, 'api', reportFileName), text };
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function configuration(
  folder: string,
  types: string,
  files: readonly string[],
  scratch: string,
  reportFileName: string,
): IConfigFile {
  const silent = { default: { logLevel: ExtractorLogLevel.None } };
  mkdirSync(join(scratch, 'reports'), { recursive: true });
  return {
    projectFolder: join(root, folder),
    mainEntryPointFilePath: join(root, types),
    compiler: {
      overrideTsconfig: {
        compilerOptions: {
          target: 'ES2023',
          lib: ['ES2023', 'DOM'],
          module: 'NodeNext',
          moduleResolution: 'NodeNext',
          strict: true,
          skipLibCheck: true,
          types: ['node'],
          typeRoots: [join(root, 'node_modules/@types')],
        },
        files,
      },
    },
    apiReport: {
      enabled: true,
      reportFileName,
      reportFolder: join(scratch, 'reports'),
      reportTempFolder: join(scratch, 'temporary'),
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    newlineKind: 'lf',
    messages: {
      compilerMessageReporting: silent,
      extractorMessageReporting: silent,
      tsdocMessageReporting: silent,
    },
  };
}

/** Sentences about reports that differ from those in the repository, are not there, or belong to no entry point. */
export function apiProblems(reports: readonly ApiReport[], kept: ReadonlyMap<string, string>): string[] {
  const advice = 'run pnpm api:update if you meant it, and commit the report';
  const wanted = new Set(reports.map(({ file }) => file));
  return [
    ...reports.flatMap(({ file, text }) => {
      const before = kept.get(file);
      if (before === undefined) return [`${file} is missing: ${advice}`];
      const difference = firstDifference(before, text);
      return difference === undefined ? [] : [`${file} differs from what is built: ${advice}\n${difference}`];
    }),
    ...[...kept.keys()]
      .filter((file) => !wanted.has(file))
      .map((file) => `${file} belongs to no entry point: ${advice}`),
  ];
}

function firstDifference(before: string, after: string): string | undefined {
  if (before === after) return undefined;
  const [old, now] = [before.split('\n'), after.split('\n')];
  const line = now.findIndex((text, index) => text !== old[index]);
  const place = line < 0 ? now.length : line;
  return `  line ${place + 1}\n  - ${old[place] ?? ''}\n  + ${now[place] ?? ''}`;
}

/** The reports in the repository, by file. */
export function keptApiReports(packages: readonly WorkspacePackage[]): Map<string, string> {
  return new Map(
    packages.flatMap(({ folder }) => {
      const api = join(folder, 'api');
      if (!existsSync(join(root, api))) return [];
      return readdirSync(join(root, api))
        .sort()
        .map((name): [string, string] => [
          join(api, name),
          readFileSync(join(root, api, name), 'utf8').replaceAll('\r\n', '\n'),
        ]);
    }),
  );
}

/** Puts the reports where they are kept, and takes away those of entry points that are no more. */
export function updateApiReports(packages: readonly WorkspacePackage[]): void {
  const reports = makeApiReports(packages);
  for (const file of keptApiReports(packages).keys()) rmSync(join(root, file));
  for (const { file, text } of reports) {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}
