import { listDatasets } from '@hyperspherical/datasets';
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
  for (const { name, title, description, terms, splits, imageShape, sources, cached, folder } of rows) {
    const sizes = Object.entries(splits).map(([split, { size }]) => `${size} ${split}`);
    process.stdout.write(
      [
        `${name}: ${title}. ${description}`,
        `  ${sizes.join(' + ')} images of ${imageShape.join(' x ')}`,
        ...sources.map((source) => `  from ${source.title}, ${source.location}`),
        `  terms: ${terms}`,
        cached ? `  in ${folder}` : '  not fetched yet',
        '',
      ].join('\n'),
    );
  }
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
  if (!found.verified) process.exitCode = 1;
  if (json) {
    printJson(found);
    return;
  }
  for (const { split, size, checksums, verified, officialOrder } of found.splits) {
    const order = officialOrder === false ? ', in another order than the official one' : '';
    const verdict = verified ? `the official ${name}${order}` : `NOT the official ${name}`;
    process.stdout.write(`${split}: ${size} images, ${verdict}\n  examples sha256 ${checksums.examples}\n`);
  }
}

function checkName(name: string): void {
  const names = listDatasets().map((card) => card.name);
  if (!names.includes(name))
    throw new UserError(`There is no dataset '${name}'. The names are ${names.join(', ')}.`);
}
