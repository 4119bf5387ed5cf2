// What pnpm does to a package's manifest when it packs one: tfjs-native gets the addons that were made for platforms as
// optional dependencies of its own version. They are no packages of this workspace, for nothing compiled is kept in it.
const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const platforms = join(__dirname, 'packages', 'tfjs-native', 'platforms');

function beforePacking(manifest) {
  if (manifest.name === '@hyperspherical/tfjs-native' && existsSync(platforms)) {
    manifest.optionalDependencies = Object.fromEntries(
      readdirSync(platforms).map((platform) => [`${manifest.name}-${platform}`, manifest.version]),
    );
  }
  return manifest;
}

module.exports = { hooks: { beforePacking } };
