import { homedir, userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { EngineRecipe } from './engine-recipe.js';

function homeFolder(environment: NodeJS.ProcessEnv): string {
  const home = environment.HOME;
  if (home !== undefined && isAbsolute(home)) return home;
  for (const find of [() => userInfo().homedir, homedir]) {
    try {
      const folder = find();
      if (isAbsolute(folder)) return folder;
    } catch {
      // A user id without an entry in the password file, as in some containers.
    }
  }
  throw new Error(
    'There is no home folder to keep the engine in: set HYPERSPHERICAL_CACHE to a folder you may write to.',
  );
}

/**
 * The folder that caches of all our packages share: `HYPERSPHERICAL_CACHE`, else `$XDG_CACHE_HOME/hyperspherical`,
 * else `~/.cache/hyperspherical`.
 *
 * @throws Error when none of them is set and the user has no home folder.
 */
export function defaultCacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const own = environment.HYPERSPHERICAL_CACHE;
  if (own) return resolve(own);
  const shared = environment.XDG_CACHE_HOME;
  // The XDG specification asks to ignore relative paths.
  if (shared && isAbsolute(shared)) return join(shared, 'hyperspherical');
  return join(homeFolder(environment), '.cache', 'hyperspherical');
}

/** Where all engines of a cache folder lie, and the temporary folders beside them. */
export function enginesFolder(cacheFolder: string): string {
  return join(cacheFolder, 'tfjs-native');
}

/** Where the engine of a recipe lies in a cache folder. */
export function engineFolder(cacheFolder: string, recipe: EngineRecipe): string {
  return join(enginesFolder(cacheFolder), recipe.key);
}
