import { join } from 'node:path';
import { csvClasses, csvTable, findCsv } from './csv-table.js';
import type { SplitTable, TableRequest } from './image-table.js';
import { pathKind } from './list-images.js';

const tables: Readonly<Record<string, readonly string[]>> = {
  train: ['train_complete.csv', 'train.csv'],
  test: ['test_complete.csv', 'test.csv'],
  all: ['omniart_v3_datadump.csv', 'data/csv/omniart_v3_datadump.csv', 'csv/omniart_v3_datadump.csv'],
};

/** The bounds of creation years that the paper trains with. */
export const omniartYears = [1000, 1932] as const;

/**
 * The layout of OmniArt: a CSV file with the columns `omni_id`, `creation_year`, `school` and `century`, and images `<omni_id>.jpg`. As in the paper's code, `train_complete.csv`
 * and `test_complete.csv` with the images in `train` and `test`; or the official table of everything, `omniart_v3_datadump.csv`, as the split `all`, with the
 * images in `img_300x`.
 */
export async function omniartTable(request: TableRequest): Promise<SplitTable> {
  const { folder, split = 'train', labels = 'school', skipIncomplete = false, signal } = request;
  const { valueBounds = omniartYears } = request;
  const csv = await findCsv(folder, tables[split] ?? []);
  if (csv === undefined) {
    throw new Error(`the data folder ${folder} has no file ${(tables[split] ?? []).join(' or ')}.`);
  }
  const train = split === 'test' ? await findCsv(folder, tables.train!) : undefined;
  const classNames =
    request.classNames ?? (train === undefined ? undefined : await csvClasses(train, labels, signal));
  const table = await csvTable({
    csv,
    root: await imagesFolder(folder, split),
    image: ['omni_id'],
    imageEnding: '.jpg',
    label: labels,
    value: 'creation_year',
    valueName: 'creation year',
    valueUnit: 'years',
    valueBounds,
    ...(classNames && { classNames }),
    skipIncomplete,
    ...(signal && { signal }),
  });
  return { split, table };
}

async function imagesFolder(folder: string, split: string): Promise<string> {
  const names = [split, 'images', 'img_300x', 'data/img_300x'];
  for (const name of names) {
    const path = join(folder, name);
    if ((await pathKind(path)) === 'folder') return path;
  }
  throw new Error(`the data folder ${folder} has no folder of images: ${names.join(', ')}.`);
}
