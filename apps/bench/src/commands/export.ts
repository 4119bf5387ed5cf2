import type { Command } from 'commander';
import type { ExportOptions } from './predict/export-command.js';

/** Adds `bench export`: a trained model for a browser. */
export function addExportCommand(program: Command): void {
  program
    .command('export')
    .summary("a finished run's model for a browser page")
    .description(
      'Writes the network as a graph model of TensorFlow.js (model.json, weights.bin: images in, outputs out), and head.json: the head, the names ' +
        'of the classes or the unit of the value, and how images are normalised.',
    )
    .requiredOption('--run <folder>', 'the folder of a finished run')
    .requiredOption('--out <folder>', 'where the files go')
    .option('--force', 'replace what the folder holds')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', '\nExample:\n  bench export --run runs/quick-1/hyperspherical --out public/model')
    .action(async (options: ExportOptions) => {
      const { exportCommand } = await import('./predict/export-command.js');
      await exportCommand(options);
    });
}
