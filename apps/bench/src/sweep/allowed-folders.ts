import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';

/** Says whether a path is in one of some folders. */
export type AllowedFolders = (path: string) => boolean;

/**
 * Folders that files may be read from. A path must be in one of them both as it is written and when its links are followed; a path that is
 * in none as it is written is not looked up at all, so that nothing can be learned about it.
 *
 * @param folders - Relative to the working folder, or absolute.
 */
export function allowedFolders(folders: readonly string[]): AllowedFolders {
  const written = folders.map((folder) => resolve(folder));
  return (path) => {
    if (path.includes('\0') || climbs(path)) return false;
    const absolute = resolve(path);
    const real = written.map(realPath);
    if (![...written, ...real].some((folder) => contains(folder, absolute))) return false;
    const found = realPath(absolute);
    return real.some((folder) => contains(folder, found));
  };
}

/** Whether `..` follows a name: after a link, that is the folder above the link's target. */
function climbs(path: string): boolean {
  const parts = path.split(/[/\\]/);
  const first = parts.findIndex((part) => !['', '.', '..'].includes(part));
  return first >= 0 && parts.slice(first).includes('..');
}

function contains(folder: string, path: string): boolean {
  const inner = relative(folder, path);
  return inner !== '..' && !/^\.\.[/\\]/.test(inner) && !isAbsolute(inner);
}

/** With links followed, as far as the path exists. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}
