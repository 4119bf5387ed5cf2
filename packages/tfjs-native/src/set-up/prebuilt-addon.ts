import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { EngineRecipe } from './engine-recipe.js';

/** An addon that was compiled for a platform when this package was released, and came with an optional package of its own. */
export interface PrebuiltAddon {
  /** The package and its version, for example `@hyperspherical/tfjs-native-linux-x64@0.1.0`. */
  readonly source: string;
  readonly path: string;
  readonly sha256: string;
  /** First line of the compiler's `--version`. */
  readonly compiler: string;
}

/** What was found: an addon that fits, or why there is none. */
export type PrebuiltSearch =
  | { readonly found: true; readonly addon: PrebuiltAddon }
  | { readonly found: false; readonly reason: string };

/** The name of the package that holds a platform's addon. */
export function platformPackage(platform: string): string {
  return `@hyperspherical/tfjs-native-${platform}`;
}

/** What the package of a platform says of its addon, under `tfjsNative` in its package.json. */
interface PlatformManifest {
  readonly version: string;
  readonly tfjsNative?: { readonly addonKey: string; readonly sha256: string; readonly compiler: string };
}

/**
 * Looks for the package with this platform's addon. An addon fits when it was made for the same TensorFlow, the same C++
 * and the same Node-API as the recipe asks for.
 *
 * @param resolve - finds a file of a package; default: from where this package is installed
 */
export function findPrebuiltAddon(
  { platform, addonKey }: EngineRecipe,
  resolve: (specifier: string) => string = createRequire(import.meta.url).resolve,
): PrebuiltSearch {
  const name = platformPackage(platform);
  let path;
  try {
    path = resolve(`${name}/package.json`);
  } catch {
    return { found: false, reason: `${name} is not installed` };
  }
  const { version, tfjsNative } = JSON.parse(readFileSync(path, 'utf8')) as PlatformManifest;
  const source = `${name}@${version}`;
  if (tfjsNative?.addonKey !== addonKey) {
    const made = tfjsNative === undefined ? 'something else' : tfjsNative.addonKey;
    return { found: false, reason: `${source} is for ${made}, and this version needs ${addonKey}` };
  }
  const { sha256, compiler } = tfjsNative;
  return { found: true, addon: { source, path: join(dirname(path), 'tfjs_binding.node'), sha256, compiler } };
}
