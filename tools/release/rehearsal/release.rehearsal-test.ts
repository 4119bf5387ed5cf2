import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commit, copyWorkspace, gitIdentity } from './copy-workspace.js';
import { fetchNode, fetchTypeScript } from './fetched-programs.js';
import { type LocalRegistry, startRegistry } from './local-registry.js';
import { firstSteps } from './readme-example.js';
import { run } from './run.js';

const platform = `${process.platform}-${process.arch}`;
const root = fileURLToPath(new URL('../../../', import.meta.url));
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  packageManager: string;
};

/** The oldest of each line that we support, by its last release; of the oldest line the oldest release. */
const nodeVersions = ['20.19.0', '22.23.3', '24.21.0'];

/** One that we do not support, and that lacks more of Node's functions than any later one. */
const oldNode = '16.20.2';

/** The entry points that need Node, with the packages whose place they are tried in. */
const entriesForNode = [
  ['@hyperspherical/datasets', '@hyperspherical/datasets/node'],
  ['@hyperspherical/word-embeddings', '@hyperspherical/word-embeddings/node'],
  ['@hyperspherical/tfjs-native', '@hyperspherical/tfjs-native'],
  ['@hyperspherical/tfjs-native', '@hyperspherical/tfjs-native/setup'],
] as const;

/** The oldest TypeScript that reads our types, and the newest there is. */
const typeScriptVersions = ['5.4.5', '7.0.2'];

/** Node's types, as a user of the oldest Node has them. */
const nodeTypes = '20.19.43';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

const bench = '@hyperspherical/bench';
const native = '@hyperspherical/tfjs-native';
const folders = [...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`), 'apps/bench'];
const packages = folders.map((folder) => {
  const { name } = readManifest(join(root, folder));
  return { name, folder, ...firstSteps(readFileSync(join(root, folder, 'README.md'), 'utf8')) };
});
const withExample = packages.filter(({ name, example }) => name !== bench && example !== undefined);

const stage = mkdtempSync(join(tmpdir(), 'hyperspherical-release-'));
const workspace = join(stage, 'workspace');
let registry: LocalRegistry | undefined;

/** Programs of the repository, and no path of it that would let a package find what it does not declare. */
const environment: NodeJS.ProcessEnv = {
  ...process.env,
  ...gitIdentity,
  CI: 'true',
  NODE_PATH: undefined,
  NODE_OPTIONS: undefined,
  RELEASE_PLATFORMS: platform,
};

async function pnpm(...words: string[]): Promise<string> {
  return (await run(['npx', '--yes', packageManager, ...words], { folder: workspace, environment })).stdout;
}

/** The folder in which a package was installed alone. */
function place(name: string): string {
  return join(stage, 'places', name.replace('@hyperspherical/', ''));
}

async function npm(folder: string, ...words: string[]): Promise<void> {
  await run(['npm', ...words, '--no-audit', '--no-fund'], { folder, environment });
}

/** What a newcomer has whose PATH leads to Python and Node and to no compiler, and whose cache is empty. */
const withoutCompiler: NodeJS.ProcessEnv = {
  ...environment,
  PATH: join(stage, 'programs'),
  CXX: undefined,
  HYPERSPHERICAL_CACHE: join(stage, 'cache'),
};

async function runExample(name: string, node: string): Promise<void> {
  await run([join(node, 'bin', 'node'), 'example.js'], {
    folder: place(name),
    environment: name === native ? withoutCompiler : environment,
  });
}

/** Trains on the oldest Node; elsewhere a command that takes less time. */
async function runBench(node: string, trains: boolean): Promise<void> {
  const words = trains
    ? ['quick', '--epochs', '1', '--limit-images', '128', '--out', 'runs']
    : ['prototypes', '--classes', '10', '--dimensions', '9'];
  await run([join(node, 'bin', 'node'), 'node_modules/.bin/bench', ...words], {
    folder: place(bench),
    environment,
  });
}

async function releaseState(): Promise<string> {
  const words = [process.execPath, 'tools/release/src/release-state.js'] as const;
  return (await run(words, { folder: workspace, environment })).stdout.trim();
}

async function publish(): Promise<void> {
  await pnpm('--filter', native, 'run', 'platform-package');
  await pnpm('release');
}

function installedVersions(name: string): Record<string, string> {
  const scope = join(place(name), 'node_modules', '@hyperspherical');
  return Object.fromEntries(
    readdirSync(scope).map((each) => [each, readManifest(join(scope, each)).version]),
  );
}

function changelog(folder: string): string {
  return readFileSync(join(workspace, folder, 'CHANGELOG.md'), 'utf8');
}

/** Carries out a part for several things, two at a time. */
async function each<T>(things: readonly T[], part: (thing: T) => Promise<void>): Promise<void> {
  const left = [...things];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await part(next);
  };
  await Promise.all([worker(), worker()]);
}

beforeAll(async () => {
  const built = folders.map((folder) => `${folder}/dist`);
  copyWorkspace(root, workspace, built);
  registry = await startRegistry(join(stage, 'registry'));
  writeFileSync(join(workspace, '.npmrc'), registry.npmrc);
  await pnpm('install', '--frozen-lockfile', '--prefer-offline');
});

afterAll(async () => {
  await registry?.stop();
  // To look at what was left, set REHEARSAL_KEEP.
  if (process.env.REHEARSAL_KEEP) console.log(stage);
  else rmSync(stage, { recursive: true, force: true });
});

let version = '';

describe('a release', () => {
  it('raises all packages to one version, with what has changed in their changelogs', async () => {
    await writeChangeset('minor', 'losses', 'A first change of the rehearsal.');
    expect(await releaseState()).toBe('unversioned');
    version = await raiseVersion();
    expect(changelog('packages/losses')).toContain('- A first change of the rehearsal.');
  });

  it('asks npm to sign where each package was made, which only the workflow can', async () => {
    const workflow = readFileSync(join(root, '.github/workflows/release.yml'), 'utf8');
    const [, name = '', value = ''] = /^ {6}(\w*PROVENANCE): '(\w+)'$/m.exec(workflow) ?? [];
    const words = ['npx', '--yes', packageManager, 'publish', 'packages/losses', '--no-git-checks'] as const;
    const signed = run(words, { folder: workspace, environment: { ...environment, [name]: value } });
    await expect(signed).rejects.toThrow(/PROVENANCE_UNSUPPORTED_PROVIDER/);
  });

  it('is refused without the addons of all platforms', async () => {
    const words = [process.execPath, 'tools/release/src/publish-platform-packages.js'] as const;
    const incomplete = run(words, {
      folder: workspace,
      environment: { ...environment, RELEASE_PLATFORMS: undefined },
    });
    await expect(incomplete).rejects.toThrow(
      /A release needs the addons of darwin-arm64, darwin-x64, linux-arm64, linux-x64/,
    );
  });

  it('publishes every package', async () => {
    expect(await releaseState()).toBe('unpublished');
    await publish();
    expect(await releaseState()).toBe('published');
  });

  it('installs each package alone with plain npm, as its README says', async () => {
    await each(packages, async ({ name, install, example }) => {
      const folder = place(name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
      writeFileSync(join(folder, '.npmrc'), registry!.npmrc);
      await npm(folder, 'install', '--prefer-offline', ...install);
      expectOneVersion(name);
      if (example === undefined) return;
      writeFileSync(join(folder, 'example.ts'), example);
      writeFileSync(join(folder, 'example.js'), example);
    });
    await npm(join(stage, 'places'), 'install', '--prefer-offline', `@types/node@${nodeTypes}`);
  });

  it('sets the native engine up without a compiler', async () => {
    mkdirSync(join(stage, 'programs'));
    const python = await run(['python3', '-c', 'import sys; print(sys.executable)'], { folder: stage });
    symlinkSync(python.stdout.trim(), join(stage, 'programs', 'python3'));
    const words = [process.execPath, 'node_modules/.bin/tfjs-native'] as const;
    const where = { folder: place(native), environment: withoutCompiler };
    const { stdout } = await run([...words, 'setup', '--json'], where);
    expect(JSON.parse(stdout)).toMatchObject({ alreadyThere: false, addon: 'prebuilt' });
    const doctor = await run([...words, 'doctor'], where);
    expect(doctor.stdout).toContain(`its addon is the prebuilt one of ${native}-${platform}@${version}`);
  });

  it.each(nodeVersions)("runs each README's first example on Node %s", async (nodeVersion) => {
    const node = await fetchNode(nodeVersion);
    await each(
      [
        ...withExample.map(
          ({ name }) =>
            () =>
              runExample(name, node),
        ),
        () => runBench(node, nodeVersion === nodeVersions[0]),
      ],
      (part) => part(),
    );
  });

  it.each(entriesForNode)('says on an older Node which one it needs: %s, %s', async (name, entry) => {
    const node = join(await fetchNode(oldNode), 'bin', 'node');
    const program = `import('${entry}').catch((error) => console.log(error.message))`;
    const { stdout } = await run([node, '--eval', program], { folder: place(name), environment });
    const isNeeded = `needs Node 20.19 or newer, and this is ${oldNode}. Install a newer one, from`;
    expect(stdout).toContain(isNeeded);
    expect(stdout).toMatch(new RegExp(`^${name}`));
  });

  it.each(typeScriptVersions)(
    'is understood by TypeScript %s, down to every declaration',
    async (typeScriptVersion) => {
      const compiler = await fetchTypeScript(typeScriptVersion);
      const compilerOptions = {
        ...{ target: 'ES2022', module: 'NodeNext', moduleResolution: 'NodeNext', types: ['node'] },
        ...{ strict: true, noEmit: true, skipLibCheck: false },
      };
      const configuration = {
        compilerOptions,
        include: withExample.map(({ name }) => join(place(name), 'example.ts')),
      };
      writeFileSync(join(stage, 'places', 'tsconfig.json'), JSON.stringify(configuration));
      const told = await run([process.execPath, compiler, '-p', 'tsconfig.json'], {
        folder: join(stage, 'places'),
      }).then(
        () => '',
        (error: unknown) => (error as Error).message,
      );
      // TensorFlow.js's own declarations, and those that it brings, have faults; none may be in ours or in the examples.
      const faults = told.match(/^\S+\(\d+,\d+\): error .*$/gm) ?? [];
      const isOurs = (fault: string) =>
        /node_modules\/@hyperspherical\/(?!.*node_modules)|^[^:]*example\.ts/.test(fault);
      expect(faults.filter(isOurs)).toEqual([]);
      if (faults.length === 0) expect(told).toBe('');
    },
  );
});

describe('the next release, with one mended fault', () => {
  it('raises all packages together, and says which of them changed', async () => {
    const before = version;
    await writeChangeset('patch', 'heads', 'A fault that was mended.');
    version = await raiseVersion();
    expect(version).toBe(before.replace(/\d+$/, (patch) => String(Number(patch) + 1)));
    expect(changelog('packages/heads')).toContain(
      `## ${version}\n\n### Patch Changes\n\n- A fault that was mended.\n\n## ${before}\n`,
    );
    for (const { folder } of packages) {
      if (folder === 'packages/heads') continue;
      expect(changelog(folder), folder).toContain(
        `## ${version}\n\nNo changes of its own.\n\n## ${before}\n`,
      );
    }
  });

  it('publishes them', async () => {
    await publish();
    expect(await releaseState()).toBe('published');
  });

  it('comes with npm update, its packages and its addon together, and the examples still run', async () => {
    await each(['@hyperspherical/heads', native], async (name) => {
      await npm(place(name), 'update');
      expectOneVersion(name);
      await npm(place(name), 'ls', '--all');
      await runExample(name, dirname(dirname(process.execPath)));
    });
    expect(Object.keys(installedVersions(native))).toEqual(['tfjs-native', `tfjs-native-${platform}`]);
  });
});

async function writeChangeset(size: 'minor' | 'patch', name: string, text: string): Promise<void> {
  const path = join(workspace, '.changeset', 'rehearsal.md');
  await writeFile(path, `---\n'@hyperspherical/${name}': ${size}\n---\n\n${text}\n`);
}

/** Carries out the changesets; every package must get the same new version and an entry in its changelog. */
async function raiseVersion(): Promise<string> {
  const before = readManifest(join(workspace, 'packages/losses')).version;
  await pnpm('version-packages');
  const raised = readManifest(join(workspace, 'packages/losses')).version;
  expect(raised).not.toBe(before);
  for (const { folder } of packages) {
    expect(readManifest(join(workspace, folder)).version, folder).toBe(raised);
    expect(changelog(folder), folder).toContain(`\n## ${raised}\n`);
  }
  expect(readdirSync(join(workspace, '.changeset')).filter((name) => name.endsWith('.md'))).toEqual([]);
  commit(workspace, `Release ${raised}`);
  return raised;
}

function expectOneVersion(name: string): void {
  for (const [found, its] of Object.entries(installedVersions(name))) expect(its, found).toBe(version);
}
