import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isFileProblem, problemReason } from '../file-problem.js';
import { compareCodePoints } from './compare-code-points.js';
import { isSystemName } from './is-system-name.js';

// Those of torchvision's ImageFolder, and others that cameras, telephones and browsers write.
const endings = /\.(jpe?g|jpe|jfif|png|webp|tiff?|gif|avif|bmp|dib|p[bgpn]m|hei[cf]|jxl|jp2)$/i;

/** The kinds of image files that are looked for, for people. */
export const imageEndings = '.jpg, .jpeg, .jfif, .png, .webp, .tif, .tiff, .gif, .avif, .bmp, .ppm, .pgm';

/** What a search for images left out, as paths relative to the folder that was searched. */
export interface LeftOut {
  /** Hidden files and folders, and those that systems and programs leave, such as `__MACOSX`. */
  readonly system: string[];
  /** Files that are no images by their names. */
  readonly others: string[];
}

/** Sorts names as Python and so torchvision's ImageFolder does: by code point. */
export function sorted(names: Iterable<string>): string[] {
  return [...names].sort(compareCodePoints);
}

/** Whether a path is there and what it is; links are followed. */
export async function pathKind(path: string): Promise<'file' | 'folder' | 'nothing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (isFileProblem(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return 'nothing';
    throw new Error(`${path} cannot be read: ${problemReason(error)}.`, { cause: error });
  }
}

/** The names of the folders in a folder, sorted; hidden ones and those of systems are left out. */
export async function listFolders(folder: string): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await entriesOf(folder)) {
    if (!isSystemName(entry.name) && (await isFolder(folder, entry))) names.push(entry.name);
  }
  return sorted(names);
}

/**
 * The image files in a folder and in all folders inside it, as paths relative to it with `/`, in the order of torchvision's ImageFolder: folders by their paths, files in each by
 * their names, by code point. Links are followed, unless they lead back to a folder that they are in.
 */
export async function listImages(
  folder: string,
  signal?: AbortSignal,
  leftOut: LeftOut = { system: [], others: [] },
): Promise<string[]> {
  const found: { readonly inside: string; readonly names: string[] }[] = [];
  const visit = async (inside: string, above: readonly string[]): Promise<void> => {
    signal?.throwIfAborted();
    const place = join(folder, inside);
    const { dev, ino } = await stat(place, { bigint: true });
    const self = `${dev}:${ino}`;
    // A link that leads back up would never end.
    if (above.includes(self)) return;
    const names: string[] = [];
    found.push({ inside, names });
    for (const entry of await entriesOf(place)) {
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
      if (isSystemName(entry.name)) leftOut.system.push(path);
      else if (await isFolder(place, entry)) await visit(path, [...above, self]);
      else if (endings.test(entry.name)) names.push(entry.name);
      else leftOut.others.push(path);
    }
  };
  await visit('', []);
  return found
    .sort((left, right) => compareCodePoints(left.inside, right.inside))
    .flatMap(({ inside, names }) =>
      sorted(names).map((name) => (inside === '' ? name : `${inside}/${name}`)),
    );
}

/** What is in a folder, in no order. */
export async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw new Error(`the folder ${folder} cannot be read: ${problemReason(error)}.`, { cause: error });
  }
}

async function isFolder(parent: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return (await pathKind(join(parent, entry.name))) === 'folder';
}

/** Whether a file's name is that of an image. */
export function isImageName(name: string): boolean {
  return endings.test(name) && !isSystemName(name);
}
