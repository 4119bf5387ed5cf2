import { join } from 'node:path';
import { readClasses } from './image-folder-table.js';
import { labelsOf, type SplitTable, type TableRequest } from './image-table.js';
import { listFolders, pathKind, sorted } from './list-images.js';
import { readLines, shown, staysInside } from './read-lines.js';

/**
 * The layout of Tiny ImageNet: `wnids.txt`, `words.txt`, `train/<wnid>/images/*.JPEG`, `val/images/*.JPEG` with `val/val_annotations.txt`. The split `test` is the
 * official validation set (the official test images have no labels). Also read: folders `test/<wnid>` or `val/<wnid>`, as they are often sorted.
 */
export async function tinyImagenetTable({
  folder,
  split = 'train',
  signal,
}: TableRequest): Promise<SplitTable> {
  const root = await findRoot(folder);
  const wnids = await classIds(root);
  const classNames = await namesOf(root, wnids);
  if (split === 'train') {
    return { split, table: { ...(await readClasses(join(root, 'train'), wnids, signal)), classNames } };
  }
  for (const name of ['val', 'test']) {
    const place = join(root, name);
    if ((await pathKind(place)) !== 'folder') continue;
    if ((await listFolders(place)).some((inside) => wnids.includes(inside))) {
      return { split, table: { ...(await readClasses(place, wnids, signal)), classNames } };
    }
    const annotations = join(place, 'val_annotations.txt');
    if ((await pathKind(annotations)) === 'file') {
      const { paths, ids } = await readAnnotations(annotations, wnids, signal);
      return {
        split,
        table: { root: join(place, 'images'), paths, labels: labelsOf(ids, wnids), classNames },
      };
    }
  }
  throw new Error(
    `the data folder ${root} has neither val/val_annotations.txt nor images by class in val or test; it has no labelled test images.`,
  );
}

async function findRoot(folder: string): Promise<string> {
  for (const place of [folder, join(folder, 'tiny-imagenet-200')]) {
    if ((await pathKind(join(place, 'train'))) === 'folder') return place;
  }
  throw new Error(
    `the data folder ${folder} has no images of Tiny ImageNet. Give a folder that has the folders train and val (and wnids.txt and words.txt), or that has the folder tiny-imagenet-200 with these.`,
  );
}

async function classIds(root: string): Promise<readonly string[]> {
  const path = join(root, 'wnids.txt');
  if ((await pathKind(path)) !== 'file') return listFolders(join(root, 'train'));
  const ids = sorted(new Set((await readLines(path)).map((line) => line.trim())));
  const wrong = ids.find((id) => !/^n\d{8}$/.test(id));
  if (wrong !== undefined) {
    throw new RangeError(`${path} has "${shown(wrong)}"; a class is n and eight digits, such as n01443537.`);
  }
  return ids;
}

/** The first name of each class in `words.txt`, or the whole entry where two classes have the same; without that file the ids. */
async function namesOf(root: string, wnids: readonly string[]): Promise<readonly string[]> {
  const path = join(root, 'words.txt');
  if ((await pathKind(path)) !== 'file') return wnids;
  const wanted = new Set(wnids);
  const entries = new Map<string, string>();
  for (const line of await readLines(path)) {
    const tab = line.indexOf('\t');
    const id = line.slice(0, tab);
    if (wanted.has(id)) entries.set(id, line.slice(tab + 1).trim());
  }
  const full = wnids.map((id) => entries.get(id) ?? id);
  const short = full.map((entry) => entry.split(',')[0]!.trim());
  const names = short.map((name, index) =>
    short.indexOf(name) === short.lastIndexOf(name) ? name : full[index]!,
  );
  return names.map((name, index) => (names.indexOf(name) === names.lastIndexOf(name) ? name : wnids[index]!));
}

async function readAnnotations(path: string, wnids: readonly string[], signal?: AbortSignal) {
  const paths: string[] = [];
  const ids: string[] = [];
  for (const [index, line] of (await readLines(path, signal)).entries()) {
    const [file = '', id = ''] = line.split('\t').map((cell) => cell.trim());
    if (file === '' || !staysInside(file)) {
      throw new RangeError(`${path}, line ${index + 1}: "${shown(file)}" is no file's name.`);
    }
    if (!wnids.includes(id)) {
      throw new RangeError(
        `${path}, line ${index + 1}: "${shown(id)}" is none of the ${wnids.length} classes.`,
      );
    }
    paths.push(file);
    ids.push(id);
  }
  return { paths, ids };
}
