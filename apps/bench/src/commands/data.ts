import { listDatasets } from '@hyperspherical/datasets';
import { getDataset, verifyDataset } from '@hyperspherical/datasets/node';
import { type Command } from 'commander';
import { dataState } from '../data-state.js';
import { stopSignal } from '../stop-signal.js';
import { UserError } from '../user-error.js';
import { printJson } from './print-json.js';
import { createProgressPrinter } from './progress-printer.js';
import { showDatasetProgress } from './show-dataset-progress.js';

interface DataOptions {
  readonly json?: true;
  readonly dataFolder?: string;
}

/** Adds `bench data list | get | verify`. */
export function addDataCommand(program: Command): void {
  const data = program
    .command('data')
    .summary('list, fetch and verify datasets')
    .action(() => {
      data.help({ error: true });
    });
  data
    .command('list')
    .summary('what there is, from where, and on which terms')
    .option('--json', 'print one JSON document on stdout')
    .action(list);
  data
    .command('get <name>')
    .summary('fetch a dataset into the cache')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', '\nExample:\n  bench data get cifar10')
    .action(get);
  data
    .command('verify <name>')
    .summary('recompute the checksums of the decoded images and labels')
    .option('--data-folder <folder>', 'verify the files in this folder instead of the cache')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', '\nExample:\n  bench data verify cifar100 --data-folder ~/cifar-100-binary')
    .action(verify);
}

function list({ json }: DataOptions): void {
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

async function get(name: string, { json }: DataOptions): Promise<void> {
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

async function verify(name: string, { json, dataFolder }: DataOptions): Promise<void> {
  checkName(name);
  const found = await verifyDataset(name, dataFolder === undefined ? {} : { folder: dataFolder });
  if (json) printJson(found);
  if (!found.verified) process.exitCode = 1;
}

function checkName(name: string): void {
  const names = listDatasets().map((card) => card.name);
  if (!names.includes(name))
    throw new UserError(`There is no dataset '${name}'. The names are ${names.join(' and ')}.`);
}
