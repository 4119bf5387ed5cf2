// Publishes the packages with tfjs-native's addons, before tfjs-native itself asks for them. What is published already is
// left out, so that a release that was interrupted can be started again.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isPublished } from './is-published.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const platforms = join(root, 'packages/tfjs-native/platforms');
const all = 'linux-x64,linux-arm64,darwin-arm64,darwin-x64';
const wanted = (process.env.RELEASE_PLATFORMS ?? all).split(',').sort();
const found = existsSync(platforms) ? readdirSync(platforms).sort() : [];
if (wanted.join() !== found.join()) {
  throw new Error(
    `A release needs the addons of ${wanted.join(', ')}; in ${platforms} are ${found.join(', ') || 'none'}. Make them with ` +
      'packages/tfjs-native/scripts/make-platform-package.js on each platform; the workflow Release does.',
  );
}
const { version } = JSON.parse(readFileSync(join(root, 'packages/tfjs-native/package.json'), 'utf8'));
for (const platform of found) {
  const folder = join(platforms, platform);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (manifest.version !== version) {
    throw new Error(
      `${manifest.name} is made for ${manifest.version}, and this release is ${version}: make it anew.`,
    );
  }
  if (isPublished(manifest)) {
    console.log(`${manifest.name}@${version} is published already.`);
    continue;
  }
  const words = ['publish', folder, '--access', 'public', '--no-git-checks'];
  const { status, error } = spawnSync('pnpm', words, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw error ?? new Error(`pnpm ${words.join(' ')} failed.`);
}
