import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/**
 * Where compact forms of word vectors are kept: `cacheFolder`, and without it
 * `${HYPERSPHERICAL_CACHE:-${XDG_CACHE_HOME:-~/.cache}/hyperspherical}/word-embeddings`.
 *
 * @example
 * wordsFolder(); // '~/.cache/hyperspherical/word-embeddings', as a whole path
 */
export function wordsFolder(
  cacheFolder?: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  if (cacheFolder !== undefined) return resolve(cacheFolder);
  const { HYPERSPHERICAL_CACHE: own = '', XDG_CACHE_HOME: xdg = '' } = environment;
  if (own !== '') return resolve(own, 'word-embeddings');
  // The XDG base directory specification has relative paths ignored.
  const base = isAbsolute(xdg) ? xdg : join(homedir(), '.cache');
  return join(base, 'hyperspherical', 'word-embeddings');
}
