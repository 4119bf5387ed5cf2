import { csvClasses, csvTable, findCsv } from './csv-table.js';
import type { SplitTable, TableRequest } from './image-table.js';

const imageColumns = ['image', 'path', 'file', 'filename', 'file_name', 'name', 'id'];

/**
 * A CSV file in a folder, with a column of paths relative to that folder, and columns of labels, values or both. The file is `<split>.csv`, or for the split `all`,
 * which is the default where there is no `train.csv`, `images.csv`, `labels.csv`, `data.csv` or `metadata.csv`. Other splits have the classes of `train.csv`.
 */
export async function imageCsvTable(request: TableRequest): Promise<SplitTable> {
  const { folder, labels, values, valueBounds, images, skipIncomplete = false, signal } = request;
  if (labels === undefined && values === undefined) {
    throw new RangeError(
      'a CSV file of images needs the option labels or values (or both): the name of the column that has them.',
    );
  }
  const train = await findCsv(folder, ['train.csv']);
  const split = request.split ?? (train === undefined ? 'all' : 'train');
  const names =
    split === 'all' ? ['images.csv', 'labels.csv', 'data.csv', 'metadata.csv', 'all.csv'] : [`${split}.csv`];
  const csv = await findCsv(folder, names);
  if (csv === undefined) {
    throw new Error(`the data folder ${folder} has no file ${names.join(' or ')}.`);
  }
  const classNames =
    request.classNames ??
    (labels !== undefined && train !== undefined && train !== csv
      ? await csvClasses(train, labels, signal)
      : undefined);
  const table = await csvTable({
    csv,
    root: folder,
    image: images === undefined ? imageColumns : [images],
    ...(labels !== undefined && { label: labels }),
    ...(values !== undefined && { value: values }),
    ...(valueBounds && { valueBounds }),
    ...(classNames && { classNames }),
    skipIncomplete,
    ...(signal && { signal }),
  });
  return { split, table };
}
