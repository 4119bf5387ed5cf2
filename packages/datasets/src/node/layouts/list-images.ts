import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isFileProblem, problemReason } from '../file-problem.js';

const endings = /\.(jpe?g|png|webp|tiff?|gif|avif)$/i;

/** The kinds of image files that are looked for, for people. */
export const imageEndings = '.jpg, .jpeg, .png, .webp, .tif, .tiff, .gif, .avif';

/** Sorts names as torchvision's ImageFolder does: by code point. */
export function sorted(names: Iterable<string>): string[] {
  return [...names].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
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

/** The names of the folders in a folder, sorted; hidden ones are left out. */
export async function listFolders(folder: string): Promise<string[]> {
  const entries = await entriesOf(folder);
  const names: string[] = [];
  for (const entry of entries) {
    if (!entry.name.startsWith('.') && (await isFolder(folder, entry))) names.push(entry.name);
  }
  return sorted(names);
}

/** The image files in a folder and in the folders inside it, as paths relative to it with `/`, sorted; hidden ones are left out. */
export async function listImages(folder: string, signal?: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  const visit = async (inside: string, depth: number): Promise<void> => {
    signal?.throwIfAborted();
    for (const entry of await entriesOf(join(folder, inside))) {
      if (entry.name.startsWith('.')) continue;
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
      if (endings.test(entry.name) && !entry.isDirectory()) found.push(path);
      // A link that leads back up would never end.
      else if (depth < 8 && (await isFolder(join(folder, inside), entry))) await visit(path, depth + 1);
    }
  };
  await visit('', 0);
  return sorted(found);
}

async function entriesOf(folder: string): Promise<Dirent[]> {
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
