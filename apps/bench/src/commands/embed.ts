import { type Command, Option } from 'commander';
import type { EmbedOptions } from './predict/embed-command.js';

/** Adds `bench embed`: a trained network's outputs as a NumPy file. */
export function addEmbedCommand(program: Command): void {
  program
    .command('embed')
    .summary("a finished run's outputs for a whole split, as .npy")
    .description(
      'Writes the outputs of a trained network for all images of a split, [images, dimensions] float32, and labels and values in files beside it, ' +
        '[images, 1] float32.',
    )
    .requiredOption('--run <folder>', 'the folder of a finished run')
    .requiredOption('--out <file.npy>', 'where the outputs go')
    .addOption(new Option('--split <name>', 'which images').choices(['train', 'test']).default('test'))
    .option('--data-folder <folder>', 'read the data from this folder instead of the cache')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', '\nExample:\n  bench embed --run runs/quick-1/hyperspherical --out outputs.npy')
    .action(async (options: EmbedOptions) => {
      const { embedCommand } = await import('./predict/embed-command.js');
      await embedCommand(options);
    });
}
