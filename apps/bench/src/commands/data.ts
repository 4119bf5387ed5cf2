import type { Command } from 'commander';
import type { DataOptions } from './manage-data.js';
import type { ShowDataOptions } from './show-data.js';
import { integerOption } from './integer-option.js';

/** Adds `bench data list | get | verify | show`. */
export function addDataCommand(program: Command): void {
  const data = program
    .command('data')
    .summary('list, fetch, verify and show datasets')
    .addHelpText('after', '\nExample:\n  bench data list');
  data
    .command('list')
    .summary('what there is, from where, and on which terms')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', '\nExample:\n  bench data list --json')
    .action(async (options: DataOptions) => {
      const { listData } = await import('./manage-data.js');
      listData(options);
    });
  data
    .command('get <name>')
    .summary('fetch a dataset into the cache')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', '\nExample:\n  bench data get cifar10')
    .action(async (name: string, options: DataOptions) => {
      const { fetchData } = await import('./manage-data.js');
      await fetchData(name, options);
    });
  data
    .command('verify <name>')
    .summary('recompute the checksums of the decoded images and labels')
    .option('--data-folder <folder>', 'verify the files in this folder instead of the cache')
    .option('--labels <kind>', 'which labels, or the column that has them (image-csv)')
    .option('--values <column>', 'the column that has the values (image-csv)')
    .option('--image-size <pixels>', 'bring image files to this size', integerOption(1))
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', '\nExample:\n  bench data verify cifar100 --data-folder ~/cifar-100-binary')
    .action(async (name: string, options: DataOptions) => {
      const { verifyData } = await import('./manage-data.js');
      await verifyData(name, options);
    });
  data
    .command('show <name>')
    .summary('draw images with their labels, as one PNG file')
    .requiredOption('--out <page.png>', 'where to')
    .option('--data-folder <folder>', 'the files in this folder instead of the cache')
    .option('--split <name>', 'train, test, ...')
    .option(
      '--count <n>',
      'at most so many images, as many of each class as there is room for',
      integerOption(1),
      100,
    )
    .option('--seed <n>', 'seed of the choice', integerOption(0), 0)
    .option('--labels <kind>', 'which labels, such as coarse, or the column that has them (image-csv)')
    .option('--values <column>', 'the column that has the values (image-csv)')
    .option(
      '--image-size <pixels>',
      'bring image files to this size; 96 unless said otherwise',
      integerOption(1),
    )
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', '\nExample:\n  bench data show cifar100 --out page.png')
    .action(async (name: string, options: ShowDataOptions) => {
      const { showData } = await import('./show-data.js');
      await showData(name, options);
    });
}
