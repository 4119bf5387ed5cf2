import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/**
 * Where a dataset is kept: `<cacheFolder>/<name>`, and without a cache folder
 * `${HYPERSPHERICAL_CACHE:-${XDG_CACHE_HOME:-~/.cache}/hyperspherical}/datasets/<name>`.
 *
 * @example
 * datasetFolder('cifar10'); // '/home/me/.cache/hyperspherical/datasets/cifar10'
 */
export function datasetFolder(
  name: string,
  cacheFolder?: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  if (cacheFolder !== undefined) return resolve(cacheFolder, name);
  const { HYPERSPHERICAL_CACHE: own = '', XDG_CACHE_HOME: xdg = '' } = environment;
  if (own !== '') return resolve(own, 'datasets', name);
  // The XDG base directory specification has relative paths ignored.
  const base = isAbsolute(xdg) ? xdg : join(homedir(), '.cache');
  return join(base, 'hyperspherical', 'datasets', name);
}
