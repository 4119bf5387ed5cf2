import type { Dataset } from '../dataset.js';
import type { DatasetFile } from '../dataset-file.js';
import { datasetFolder } from './cache-folder.js';
import type { DatasetDefinition, DecodedSplit } from './dataset-definition.js';
import { fetchFiles, type GetDatasetOptions } from './fetch-files.js';
import { type ImageFileOptions, refuseImageFileOptions } from './image-file-options.js';
import { readCacheFile } from './read-cache-file.js';
import { readUserFiles } from './read-user-files.js';

/** What `loadDataset` loads and from where. */
export interface LoadDatasetOptions extends GetDatasetOptions, ImageFileOptions {
  /** `train` or `test`; for OmniArt, `image-folder` and `image-csv` also `all`. Default `train`, or `all` where there are no splits. */
  readonly split?: string;
  /**
   * The kind of labels, where a dataset has several: CIFAR-100 has `fine` (100 classes, the default) and `coarse` (20), OmniArt `school` (the default), `century`, `artwork_type` and
   * `general_type`; `image-csv`: the column that has them.
   */
  readonly labels?: string;
  /**
   * A folder with files that you already have, in the official layout or as the official archive; nothing is downloaded or
   * cached then. Any whole number of records or images is accepted, in any order.
   */
  readonly folder?: string;
}

/** Loads one split of a dataset that consists of a few files. */
export async function loadFiles(
  definition: DatasetDefinition,
  options: LoadDatasetOptions,
): Promise<Dataset> {
  const { card } = definition;
  const { split = 'train', labels = Object.keys(card.classNames)[0]! } = options;
  refuseImageFileOptions(options, card.title);
  checkChoice('split', split, Object.keys(card.splits), card.title);
  checkChoice('labels', labels, Object.keys(card.classNames), card.title);
  if (definition.madeOf && definition.make) {
    return { ...definition.make(await loadFiles(definition.madeOf, options)), name: card.name };
  }
  const { images, labels: decoded } = await loadSplit(definition, split, options);
  const chosen = decoded[labels]!;
  return {
    name: card.name,
    split,
    size: chosen.length,
    imageShape: card.imageShape!,
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
