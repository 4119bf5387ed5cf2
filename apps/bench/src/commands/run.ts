import { Option, type Command } from 'commander';
import type { RunCommandOptions } from './run-command.js';
import { integerOption } from './integer-option.js';
import { modeOption } from './mode-option.js';

/** Adds `bench run <experiment>`: one experiment, one seed, one folder. */
export function addRunCommand(program: Command): void {
  program
    .command('run <experiment>')
    .summary('train and test one experiment')
    .description(
      'Carries out one experiment: a JSON file of your own, or <study>/<name> of one that comes with the bench (bench list). ' +
        'Leaves a folder that a kill at any moment cannot spoil.',
    )
    .option('--seed <n>', 'in place of the seed in the file', integerOption(0))
    .option(
      '--set <path=value>',
      'change a setting, such as training.epochs=3; may be given again',
      (value: string, earlier: string[]) => [...earlier, value],
      [],
    )
    .option('--epochs <n>', 'the same as --set training.epochs=n', integerOption(1))
    .option('--limit-images <n>', 'use only the first n images of each split', integerOption(1))
    .option('--out <folder>', 'the run folder (default: runs/<study>/<name>/seed-<n>)')
    .option('--data-folder <folder>', 'read the data from this folder instead of the cache')
    .option('--threads <n>', 'threads that TensorFlow computes with (default: one a core)', integerOption(1))
    .option('--resume', 'go on with an interrupted run; a finished one is only shown')
    .option('--force', 'replace the run in the folder')
    .addOption(
      new Option('--reporter <kind>', 'how progress is shown on stderr')
        .choices(['auto', 'terminal', 'lines', 'jsonl', 'silent'])
        .default('auto'),
    )
    .option('--tensorboard', "write TensorBoard's event files into the run folder")
    .addOption(modeOption())
    .option('--json', 'print result.json on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  bench run quick/hyperspherical\n  bench run my-experiment.json --seed 1 --set head.prototypes.dimensions=25 --out runs/mine',
    )
    .action(async (experiment: string, options: RunCommandOptions) => {
      const { runCommand } = await import('./run-command.js');
      await runCommand(experiment, options);
    });
}
