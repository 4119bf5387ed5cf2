import type { Command } from 'commander';
import type { QuickOptions } from './run-quick.js';
import { modeOption } from './mode-option.js';
import { integerOption } from './integer-option.js';

/** Adds `bench quick`: both methods on CIFAR-10, side by side. */
export function addQuickCommand(program: Command): void {
  program
    .command('quick')
    .summary('train ResNet-8 on CIFAR-10, hyperspherical prototypes against softmax')
    .description(
      'Trains ResNet-8 on CIFAR-10 twice, once with hyperspherical prototypes and once with softmax cross entropy: the same ' +
        'seed, data order and number of steps. Ends with a table and leaves a folder per run.',
    )
    .option('--epochs <n>', 'epochs of each run (default: 3)', integerOption(1))
    .option('--limit-images <n>', 'use only the first n images of each split', integerOption(1))
    .option('--seed <n>', 'seed of weights, prototypes and data order (default: 0)', integerOption(0))
    .option('--out <folder>', 'where the run folders go (default: runs/quick-<time>)')
    .option('--data-folder <folder>', 'read CIFAR-10 from this folder instead of the cache')
    .option('--resume', 'go on with the interrupted runs in --out')
    .option('--force', 'replace the runs in --out')
    .addOption(modeOption())
    .option('--json', 'print one JSON document on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  bench quick\n  bench quick --epochs 1 --limit-images 2000 --out runs/try',
    )
    .action(async (options: QuickOptions) => {
      const { runQuick } = await import('./run-quick.js');
      await runQuick(options);
    });
}
