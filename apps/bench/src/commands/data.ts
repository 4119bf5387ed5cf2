import type { Command } from 'commander';
import type { DataOptions } from '../manage-data.js';

/** Adds `bench data list | get | verify`. */
export function addDataCommand(program: Command): void {
  const data = program
    .command('data')
    .summary('list, fetch and verify datasets')
    .addHelpText('after', '\nExample:\n  bench data list');
  data
    .command('list')
    .summary('what there is, from where, and on which terms')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', '\nExample:\n  bench data list --json')
    .action(async (options: DataOptions) => {
      const { listData } = await import('../manage-data.js');
      listData(options);
    });
  data
    .command('get <name>')
    .summary('fetch a dataset into the cache')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', '\nExample:\n  bench data get cifar10')
    .action(async (name: string, options: DataOptions) => {
      const { fetchData } = await import('../manage-data.js');
      await fetchData(name, options);
    });
  data
    .command('verify <name>')
    .summary('recompute the checksums of the decoded images and labels')
    .option('--data-folder <folder>', 'verify the files in this folder instead of the cache')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', '\nExample:\n  bench data verify cifar100 --data-folder ~/cifar-100-binary')
    .action(async (name: string, options: DataOptions) => {
      const { verifyData } = await import('../manage-data.js');
      await verifyData(name, options);
    });
}
