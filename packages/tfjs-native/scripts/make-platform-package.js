// Makes the npm package that holds the addon for this platform, from the engine that set-up has made here:
//   pnpm --filter @hyperspherical/tfjs-native run setup
//   pnpm --filter @hyperspherical/tfjs-native run platform-package [--oldest-glibc 2.28]
// With --oldest-glibc it refuses an addon that needs a newer C library than that. The package lies in platforms/, which git ignores. A release makes one on each platform, publishes them beside tfjs-native at the
// same version, and lists them there as optional dependencies (.pnpmfile.cjs).
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)));
const { values: options } = parseArgs({ options: { 'oldest-glibc': { type: 'string' } } });
const setUp = [
  '--conditions=@hyperspherical/source',
  '--import',
  'tsx',
  'src/cli.ts',
  'setup',
  '--variant',
  'cpu',
  '--json',
];
const { folder: engine } = JSON.parse(
  execFileSync(process.execPath, setUp, {
    cwd: packageFolder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }),
);
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
// Before there were prebuilt addons, all were compiled, and the manifest said `compiler` alone.
const {
  key,
  files,
  compiler,
  addon = { origin: 'compiled', compiler },
} = read(join(engine, 'manifest.json'));
const [, platform, system, processor] = /-((linux|darwin)-(x64|arm64))-napi/.exec(key) ?? [];
if (platform === undefined) throw new Error(`${key} is not an engine that others can use an addon of.`);
if (addon.origin !== 'compiled') {
  throw new Error(`The addon of ${engine} was not compiled here: remove that folder, and set up again.`);
}
const { version, license, engines, repository, publishConfig } = read(join(packageFolder, 'package.json'));
const file = 'addon/tfjs_binding.node';
const systems = { linux: 'Linux', darwin: 'macOS' };
const description = `The compiled addon of @hyperspherical/tfjs-native for ${systems[system]} on ${processor}.`;

const oldest = options['oldest-glibc'];
if (oldest !== undefined && system === 'linux') {
  // The versions of the C library's symbols stand in the addon as text.
  const minor = (name) => Number(/^GLIBC_2\.(\d+)/.exec(name)?.[1] ?? 0);
  const needed = readFileSync(join(engine, file), 'latin1').match(/GLIBC_2\.\d+/g) ?? [];
  const newest = needed.sort((a, b) => minor(a) - minor(b)).at(-1);
  if (minor(newest) > minor(`GLIBC_${oldest}`)) {
    throw new Error(`This addon needs ${newest}, newer than ${oldest}: compile it on an older system.`);
  }
}

const folder = join(packageFolder, 'platforms', platform);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const manifest = {
  name: `@hyperspherical/tfjs-native-${platform}`,
  version,
  description,
  license,
  repository,
  os: [system],
  cpu: [processor],
  ...(system === 'linux' && { libc: ['glibc'] }),
  engines,
  exports: { './package.json': './package.json', './tfjs_binding.node': './tfjs_binding.node' },
  files: ['NOTICE', 'tfjs_binding.node'],
  publishConfig,
  tfjsNative: {
    addonKey: key,
    sha256: files.find(({ path }) => path === file).sha256,
    compiler: addon.compiler,
  },
};
writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
writeFileSync(
  join(folder, 'README.md'),
  `# ${manifest.name}

${description}

It comes by itself where npm installs \`@hyperspherical/tfjs-native\`,
and saves you a compiler: \`npx tfjs-native setup\` takes it when it fits, and compiles otherwise. Nothing runs while you
install. Compiled by ${addon.compiler} from the sources that tfjs-native holds in \`vendor/binding\` and \`addon\`.
`,
);
cpSync(join(engine, file), join(folder, 'tfjs_binding.node'));
cpSync(join(packageFolder, 'vendor', 'NOTICE'), join(folder, 'NOTICE'));
cpSync(join(packageFolder, '..', '..', 'LICENSE'), join(folder, 'LICENSE'));
console.log(folder);
