import { join } from 'node:path';
import type { SplitTable, TableRequest } from './image-table.js';
import { pathKind } from './list-images.js';
import { numberedLines, readLines, shown, staysInside } from './read-lines.js';

/**
 * The layout of CUB-200-2011: `images.txt`, `classes.txt`, `image_class_labels.txt`, `train_test_split.txt`, and the images in `images/`. Class names are the official
 * ones, such as `001.Black_footed_Albatross`.
 */
export async function cubTable({ folder, split = 'train', signal }: TableRequest): Promise<SplitTable> {
  const root = await findRoot(folder);
  const read = async (name: string) => {
    const path = join(root, name);
    return { path, entries: numberedLines(await readLines(path, signal), path) };
  };
  const [images, classes, labels, parts] = await Promise.all([
    read('images.txt'),
    read('classes.txt'),
    read('image_class_labels.txt'),
    read('train_test_split.txt'),
  ]);
  const numbers = [...classes.entries.keys()];
  const paths: string[] = [];
  const found: number[] = [];
  const wantedPart = { train: '1', test: '0' }[split];
  for (const [image, path] of images.entries) {
    const part = parts.entries.get(image);
    const number = labels.entries.get(image) ?? '';
    const label = /^\d{1,9}$/.test(number) ? numbers.indexOf(Number(number)) : -1;
    if (part !== '0' && part !== '1') {
      throw new RangeError(
        `${parts.path} says "${shown(part ?? '')}" of image ${image}; it must say 1 (training) or 0 (test).`,
      );
    }
    if (label < 0) {
      throw new RangeError(
        `${labels.path} gives image ${image} the class "${shown(number)}", which is not in ${classes.path}.`,
      );
    }
    if (!staysInside(path)) {
      throw new RangeError(
        `${images.path}: the path "${shown(path)}" of image ${image} leads out of the folder.`,
      );
    }
    if (wantedPart !== undefined && part !== wantedPart) continue;
    paths.push(path);
    found.push(label);
  }
  if (paths.length === 0) throw new Error(`${images.path} has no images of the split "${split}".`);
  return {
    split,
    table: {
      root: join(root, 'images'),
      paths,
      labels: Int32Array.from(found),
      classNames: [...classes.entries.values()],
    },
  };
}

async function findRoot(folder: string): Promise<string> {
  for (const place of [folder, join(folder, 'CUB_200_2011')]) {
    if ((await pathKind(join(place, 'images.txt'))) === 'file') return place;
  }
  throw new Error(
    `the data folder ${folder} has no files of CUB-200-2011. Give a folder that has images.txt, classes.txt, image_class_labels.txt, ` +
      'train_test_split.txt and images, or that has the folder CUB_200_2011 with these.',
  );
}
