import { join } from 'node:path';
import type { OnDatasetProgress } from '../progress.js';
import { type ImageTable, labelsOf, type SplitTable, type TableRequest } from './image-table.js';
import {
  entriesOf,
  imageEndings,
  isImageName,
  type LeftOut,
  listFolders,
  listImages,
  pathKind,
  sorted,
} from './list-images.js';
import { isSystemName } from './is-system-name.js';

const namesOfSplits: Readonly<Record<string, readonly string[]>> = {
  train: ['train', 'training'],
  test: ['test', 'val', 'validation', 'valid'],
};

/**
 * A folder of images by class, as torchvision's ImageFolder reads it: every folder in it with an image at any depth is a class, in the order of the names' code points, and every image file
 * in it is an image of that class. With folders `train` and `test` (or `val`) that have folders, these have the classes, and both have the classes of `train`.
 */
export async function imageFolderTable(request: TableRequest): Promise<SplitTable> {
  const { folder, split, signal, onProgress } = request;
  const trainFolder = await splitFolder(folder, 'train');
  if (split === 'all' || (split === undefined && trainFolder === undefined)) {
    return { split: 'all', table: tableOf(await findClasses(folder, signal, onProgress)) };
  }
  const wanted = split ?? 'train';
  const place = await splitFolder(folder, wanted);
  if (place === undefined) {
    const names = (namesOfSplits[wanted] ?? [wanted]).join(' or ');
    for (const name of namesOfSplits[wanted] ?? []) {
      if ((await pathKind(join(folder, name))) === 'folder') await findClasses(join(folder, name), signal);
    }
    throw new Error(
      `the data folder ${folder} has no folder ${names}. Give a folder that has one, or choose the split "all" to take every folder in it as a class.`,
    );
  }
  const found = await findClasses(place, signal, onProgress);
  if (trainFolder === undefined || trainFolder === place) return { split: wanted, table: tableOf(found) };
  const trained = await findClasses(trainFolder, signal);
  return { split: wanted, table: tableOf(found, trained) };
}

/** The splits that a folder of images by class has: `train` and `test`, or `all`. */
export async function imageFolderSplits(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const split of Object.keys(namesOfSplits)) {
    if ((await splitFolder(folder, split)) !== undefined) found.push(split);
  }
  return found.length > 0 ? found : ['all'];
}

/** Images by class: `<root>/<class>/.../<image>`. Classes without a folder have no images. */
export async function readClasses(
  root: string,
  classNames: readonly string[],
  signal?: AbortSignal,
): Promise<ImageTable> {
  const present = new Set(await listFolders(root));
  const images = new Map<string, readonly string[]>();
  for (const name of classNames) {
    if (present.has(name)) images.set(name, await listImages(join(root, name), signal));
  }
  return tableOf({ root, images }, { root, images: new Map(classNames.map((name) => [name, []])) });
}

/** The images of each class, by the names of their folders. */
interface Classes {
  readonly root: string;
  readonly images: ReadonlyMap<string, readonly string[]>;
}

/** @param trained - Has the classes, where they are those of another split; names match whatever their Unicode form. */
function tableOf({ root, images }: Classes, trained: Classes = { root, images }): ImageTable {
  const classNames = [...trained.images.keys()];
  const known = new Map(classNames.map((name) => [name.normalize(), name]));
  const others = [...images.keys()].filter((name) => !known.has(name.normalize()));
  if (others.length > 0) {
    throw new Error(
      `the folder ${root} has the classes ${others.slice(0, 5).join(', ')}${others.length > 5 ? ', ...' : ''}, ` +
        `which are not in ${trained.root}; both splits must have the same classes.`,
    );
  }
  const paths: string[] = [];
  const names: string[] = [];
  for (const [folder, inside] of images) {
    const name = images === trained.images ? folder : known.get(folder.normalize())!;
    for (const path of inside) {
      paths.push(`${folder}/${path}`);
      names.push(name);
    }
  }
  if (paths.length === 0) {
    throw new Error(`the folders in ${root} have no images; images end in ${imageEndings}.`);
  }
  return { root, paths, labels: labelsOf(names, classNames), classNames };
}

async function findClasses(
  root: string,
  signal?: AbortSignal,
  onProgress?: OnDatasetProgress,
): Promise<Classes> {
  if ((await pathKind(root)) !== 'folder') throw new Error(`the data folder ${root} does not exist.`);
  const folders = await listFolders(root);
  if (folders.length === 0) {
    throw new Error(`the folder ${root} has no folders in it; each class needs a folder with its images.`);
  }
  const images = new Map<string, readonly string[]>();
  const empty: string[] = [];
  const leftOut: LeftOut = { system: [], others: [] };
  for (const name of folders) {
    const inClass: LeftOut = { system: [], others: [] };
    const found = await listImages(join(root, name), signal, inClass);
    if (found.length > 0) images.set(name, found);
    else empty.push(name);
    leftOut.system.push(...inClass.system.map((path) => `${name}/${path}`));
    leftOut.others.push(...inClass.others.map((path) => `${name}/${path}`));
  }
  const beside: string[] = [];
  for (const entry of await entriesOf(root)) {
    if (isSystemName(entry.name)) leftOut.system.push(entry.name);
    else if (isImageName(entry.name) && !folders.includes(entry.name)) beside.push(entry.name);
  }
  const report = (what: string, paths: readonly string[]): void => {
    if (paths.length === 0) return;
    onProgress?.({
      event: 'skipped',
      folder: root,
      what,
      count: paths.length,
      examples: sorted(paths).slice(0, 3),
    });
  };
  report('hidden and system files and folders', leftOut.system);
  report('folders without images', empty);
  report('images outside of the folders of classes', beside);
  report('files that are no images by their names', leftOut.others);
  return { root, images };
}

/** A folder of a split: one that has folders in it. One that has images is a class of that name. */
async function splitFolder(folder: string, split: string): Promise<string | undefined> {
  for (const name of namesOfSplits[split] ?? [split]) {
    const path = join(folder, name);
    if ((await pathKind(path)) === 'folder' && (await listFolders(path)).length > 0) return path;
  }
  return undefined;
}
