import { type DatasetCard, datasetCard, listDatasets } from '@hyperspherical/datasets';
import {
  type DatasetVerification,
  getDataset,
  type LoadDatasetOptions,
  verifyDataset,
} from '@hyperspherical/datasets/node';
import { dataState } from './data-state.js';
import { stopSignal } from '../printing/stop-signal.js';
import { messageOf } from '../records/message-of.js';
import { UserError } from '../records/user-error.js';
import { printJson } from '../printing/print-json.js';
import { createProgressPrinter } from '../printing/progress-printer.js';
import { showDatasetProgress } from '../engine/data/show-dataset-progress.js';

/** What a `bench data` command was asked for. */
export interface DataOptions {
  readonly json?: true;
  readonly dataFolder?: string;
  readonly labels?: string;
  readonly values?: string;
  readonly imageSize?: number;
}

/** Prints every dataset with its sizes, sources and terms. */
export function listData({ json }: DataOptions): void {
  const states = dataState();
  const rows = listDatasets().map((card, index) => ({
    ...card,
    cached: states[index]!.cached,
    folder: states[index]!.folder,
  }));
  if (json) {
    printJson(rows);
    return;
  }
  process.stdout.write(rows.map((row) => `${describe(row)}\n`).join(''));
}

/** One dataset in a few lines. */
function describe(row: DatasetCard & { readonly cached: boolean; readonly folder: string }): string {
  const { name, otherNames = [], title, description, terms, splits, imageShape, sources, caveat } = row;
  const sizes = Object.entries(splits).flatMap(([split, { size }]) =>
    size === undefined ? [] : `${size} ${split}`,
  );
  const place = sources.length === 0 ? '  give a folder: --data-folder' : '  not fetched yet';
  return [
    `${[name, ...otherNames].join(', ')}: ${title}. ${description}`,
    ...(sizes.length > 0 && imageShape ? [`  ${sizes.join(' + ')} images of ${imageShape.join(' x ')}`] : []),
    ...sources.map((source) => `  from ${source.title}, ${source.location}`),
    `  terms: ${terms}`,
    ...(caveat === undefined ? [] : [`  note: ${caveat}`]),
    row.cached ? `  in ${row.folder}` : place,
  ].join('\n');
}

/** Fetches a dataset into the cache. */
export async function fetchData(name: string, { json }: DataOptions): Promise<void> {
  const stop = stopSignal();
  const printer = createProgressPrinter(process.stderr);
  try {
    checkDatasetName(name);
    const stored = await getDataset(name, { onProgress: showDatasetProgress(printer), signal: stop.signal });
    printer.close();
    if (json) printJson(stored);
    else process.stdout.write(`${name} is in ${stored.folder}.\n`);
  } finally {
    printer.close();
    stop.release();
  }
}

/** Recomputes the checksums of a dataset's decoded arrays. */
export async function verifyData(name: string, options: DataOptions): Promise<void> {
  const { json, dataFolder } = options;
  checkDatasetName(name);
  const stop = stopSignal();
  try {
    const found = await withUserErrors(dataFolder, stop.signal, () =>
      verifyDataset(name, {
        ...imageFileOptions(name, options),
        ...(dataFolder === undefined ? {} : { folder: dataFolder }),
        signal: stop.signal,
      }),
    );
    printVerification(name, found, json);
  } finally {
    stop.release();
  }
}

function printVerification(name: string, found: DatasetVerification, json?: true): void {
  if (found.verified === false || found.splits.some(({ sizeIsRight }) => sizeIsRight === false)) {
    process.exitCode = 1;
  }
  if (json) {
    printJson(found);
    return;
  }
  for (const { split, size, checksums, verified, officialOrder, sizeIsRight } of found.splits) {
    const order = officialOrder === false ? ', in another order than the official one' : '';
    const verdicts = {
      true: `the official ${name}${order}`,
      false: `NOT the official ${name}`,
      undefined: 'all of which can be decoded; there are no sums to compare with',
    };
    const count = verified === undefined && sizeIsRight === false ? ', NOT as many as there should be' : '';
    process.stdout.write(
      `${split}: ${size} images${count}, ${verdicts[`${verified}`]}\n  examples sha256 ${checksums.examples}\n`,
    );
  }
}

/** Those options that a dataset takes: sizes, columns and values are only for datasets of image files. */
export function imageFileOptions(
  name: string,
  { labels, values, imageSize }: DataOptions,
): Pick<LoadDatasetOptions, 'labels' | 'values' | 'imageSize'> {
  const files = ['tiny-imagenet', 'cub-200-2011', 'omniart', 'image-folder', 'image-csv'];
  const ofFiles = files.includes(datasetCard(name).name);
  return {
    ...(labels === undefined ? {} : { labels }),
    ...(ofFiles && values !== undefined ? { values } : {}),
    ...(ofFiles && imageSize !== undefined ? { imageSize } : {}),
  };
}

/** What a person's own folder holds is input; what the cache holds is ours. */
export async function withUserErrors<T>(
  dataFolder: string | undefined,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (dataFolder === undefined || signal.aborted || error instanceof UserError) throw error;
    throw new UserError(messageOf(error), { cause: error });
  }
}

/** Refuses a name that no dataset has. */
export function checkDatasetName(name: string): void {
  const cards = listDatasets();
  const names = cards.map((card) => card.name);
  if (!cards.some((card) => card.name === name || card.otherNames?.includes(name)))
    throw new UserError(`There is no dataset '${name}'. The names are ${names.join(', ')}.`);
}
