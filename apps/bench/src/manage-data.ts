import { type DatasetCard, listDatasets } from '@hyperspherical/datasets';
import { getDataset, verifyDataset } from '@hyperspherical/datasets/node';
import { dataState } from './data-state.js';
import { stopSignal } from './stop-signal.js';
import { UserError } from './user-error.js';
import { printJson } from './print-json.js';
import { createProgressPrinter } from './progress-printer.js';
import { showDatasetProgress } from './show-dataset-progress.js';

/** What a `bench data` command was asked for. */
export interface DataOptions {
  readonly json?: true;
  readonly dataFolder?: string;
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
    checkName(name);
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
export async function verifyData(name: string, { json, dataFolder }: DataOptions): Promise<void> {
  checkName(name);
  const found = await verifyDataset(name, dataFolder === undefined ? {} : { folder: dataFolder });
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

function checkName(name: string): void {
  const cards = listDatasets();
  const names = cards.map((card) => card.name);
  if (!cards.some((card) => card.name === name || card.otherNames?.includes(name)))
    throw new UserError(`There is no dataset '${name}'. The names are ${names.join(', ')}.`);
}
