import type { Dataset } from '../dataset.js';
import type { DatasetFile } from '../dataset-file.js';
import { datasetFolder } from './cache-folder.js';
import type { DatasetDefinition, DecodedSplit } from './dataset-definition.js';
import { datasetDefinition } from './definitions.js';
import { fetchFiles, type GetDatasetOptions } from './get-dataset.js';
import { readCacheFile } from './read-cache-file.js';
import { readUserFiles } from './read-user-files.js';

/** What `loadDataset` loads and from where. */
export interface LoadDatasetOptions extends GetDatasetOptions {
  /** `train` or `test`. Default `train`. */
  readonly split?: string;
  /** The kind of labels, where a dataset has several: CIFAR-100 has `fine` (100 classes, the default) and `coarse` (20). */
  readonly labels?: string;
  /**
   * A folder with files that you already have, in the official layout or as the official archive; nothing is downloaded or
   * cached then. Any whole number of records is accepted, in any order.
   */
  readonly folder?: string;
}

/**
 * Loads one split of a dataset into memory: from `folder` if given, else from the cache, which is filled first where needed.
 *
 * @param name - Such as `cifar10`; see `listDatasets`.
 * @param options - See `LoadDatasetOptions`.
 * @throws {RangeError} When there is no such dataset, split or kind of labels, or a file is not what it should be: says the file and the byte.
 * @throws {Error} When files are missing, cannot be read, or cannot be downloaded; says what to do.
 *
 * @example
 * const train = await loadDataset('cifar10', { split: 'train' });
 * const test = await loadDataset('cifar100', { split: 'test', labels: 'coarse', folder: 'data' });
 */
export async function loadDataset(name: string, options: LoadDatasetOptions = {}): Promise<Dataset> {
  const definition = datasetDefinition(name);
  const { card } = definition;
  const { split = 'train', labels = Object.keys(card.classNames)[0]! } = options;
  checkChoice('split', split, Object.keys(card.splits), card.title);
  checkChoice('labels', labels, Object.keys(card.classNames), card.title);
  const { images, labels: decoded } = await loadSplit(definition, split, options);
  const chosen = decoded[labels]!;
  return {
    name,
    split,
    size: chosen.length,
    imageShape: card.imageShape,
    images,
    labels: chosen,
    classNames: card.classNames[labels]!,
  };
}

/** One split with every kind of label. */
export async function loadSplit(
  definition: DatasetDefinition,
  split: string,
  options: LoadDatasetOptions,
): Promise<DecodedSplit> {
  const files =
    options.folder === undefined
      ? await readFromCache(definition, split, options)
      : await readUserFiles(definition, split, options.folder, options.signal);
  return definition.decode(files);
}

async function readFromCache(
  definition: DatasetDefinition,
  split: string,
  options: GetDatasetOptions,
): Promise<readonly DatasetFile[]> {
  const folder = datasetFolder(definition.card.name, options.cacheFolder);
  const read = async (): Promise<readonly DatasetFile[] | undefined> => {
    const wanted = definition.splits[split]!;
    const found = await Promise.all(wanted.map((file) => readCacheFile(folder, file, options)));
    const files = found.flatMap((bytes, index) => (bytes ? [{ name: wanted[index]!.name, bytes }] : []));
    return files.length === wanted.length ? files : undefined;
  };
  const files = await read();
  if (files) return files;
  await fetchFiles(definition, options);
  const fetched = await read();
  if (!fetched) throw new Error(`the cache folder ${folder} was changed while it was read; try again.`);
  return fetched;
}

function checkChoice(option: string, value: string, choices: readonly string[], title: string): void {
  if (!choices.includes(value)) {
    throw new RangeError(`${option} is "${value}"; ${title} has ${choices.join(', ')}.`);
  }
}
