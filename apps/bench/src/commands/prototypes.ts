import type { Command } from 'commander';
import type { PrototypesOptions } from '../print-prototypes.js';
import { integerOption } from './integer-option.js';

/** Adds `bench prototypes`: how far apart prototypes are, and how far they could be. */
export function addPrototypesCommand(program: Command): void {
  program
    .command('prototypes')
    .summary('place classes on the sphere and measure their separation')
    .requiredOption('--classes <n>', 'how many classes', integerOption(2))
    .requiredOption('--dimensions <n>', 'size of the space', integerOption(1))
    .option('--method <name>', 'how to place them: auto, simplex, log-sum-exp, ...', 'auto')
    .option('--seed <n>', 'seed of the search', integerOption(0), 0)
    .option('--restarts <n>', 'searches to keep the best of', integerOption(1))
    .option('--out <file.npy>', 'write the prototypes, [classes, dimensions] float32, for NumPy')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', '\nExample:\n  bench prototypes --classes 100 --dimensions 25 --json')
    .action(async (options: PrototypesOptions) => {
      const { printPrototypes } = await import('../print-prototypes.js');
      await printPrototypes(options);
    });
}
