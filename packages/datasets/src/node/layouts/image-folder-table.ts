import { join } from 'node:path';
import { type ImageTable, labelsOf, type SplitTable, type TableRequest } from './image-table.js';
import { imageEndings, listFolders, listImages, pathKind } from './list-images.js';

const namesOfSplits: Readonly<Record<string, readonly string[]>> = {
  train: ['train', 'training'],
  test: ['test', 'val', 'validation', 'valid'],
};

/**
 * A folder of images by class, as torchvision's ImageFolder reads it: every folder in it is a class, in the order of the names' code points, and every image file
 * at any depth inside that folder is an image of that class. With folders `train` and `test` (or `val`), these have the classes, and both have the classes of `train`.
 */
export async function imageFolderTable({ folder, split, signal }: TableRequest): Promise<SplitTable> {
  const trainFolder = await splitFolder(folder, 'train');
  if (split === 'all' || (split === undefined && trainFolder === undefined)) {
    return { split: 'all', table: await readClasses(folder, await classesOf(folder), signal) };
  }
  const wanted = split ?? 'train';
  const place = await splitFolder(folder, wanted);
  if (place === undefined) {
    const names = (namesOfSplits[wanted] ?? [wanted]).join(' or ');
    throw new Error(
      `the data folder ${folder} has no folder ${names}. Give a folder that has one, or choose the split "all" to take every folder in it as a class.`,
    );
  }
  const classNames = await classesOf(trainFolder ?? place);
  const others = (await classesOf(place)).filter((name) => !classNames.includes(name));
  if (others.length > 0) {
    throw new Error(
      `the folder ${place} has the classes ${others.slice(0, 5).join(', ')}${others.length > 5 ? ', ...' : ''}, ` +
        `which are not in ${trainFolder!}; both splits must have the same classes.`,
    );
  }
  return { split: wanted, table: await readClasses(place, classNames, signal) };
}

/** Images by class: `<root>/<class>/.../<image>`. Classes without a folder have no images. */
export async function readClasses(
  root: string,
  classNames: readonly string[],
  signal?: AbortSignal,
): Promise<ImageTable> {
  const paths: string[] = [];
  const names: string[] = [];
  const present = new Set(await listFolders(root));
  for (const name of classNames) {
    if (!present.has(name)) continue;
    for (const path of await listImages(join(root, name), signal)) {
      paths.push(`${name}/${path}`);
      names.push(name);
    }
  }
  if (paths.length === 0) {
    throw new Error(`the folders in ${root} have no images; images end in ${imageEndings}.`);
  }
  return { root, paths, labels: labelsOf(names, classNames), classNames };
}

async function classesOf(folder: string): Promise<string[]> {
  if ((await pathKind(folder)) !== 'folder') throw new Error(`the data folder ${folder} does not exist.`);
  const names = await listFolders(folder);
  if (names.length === 0) {
    throw new Error(`the folder ${folder} has no folders in it; each class needs a folder with its images.`);
  }
  return names;
}

async function splitFolder(folder: string, split: string): Promise<string | undefined> {
  for (const name of namesOfSplits[split] ?? [split]) {
    const path = join(folder, name);
    if ((await pathKind(path)) === 'folder') return path;
  }
  return undefined;
}
