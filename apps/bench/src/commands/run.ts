import { join, relative } from 'node:path';
import { Option, type Command } from 'commander';
import type { RunInTurnOptions } from '../engine/run.js';
import type { Changes } from '../experiment/resolve-experiment.js';
import { formatResult } from '../printing/format-result.js';
import { printJson } from '../printing/print-json.js';
import type { RunResult } from '../records/run-result.js';
import { UserError } from '../records/user-error.js';
import { integerOption } from './integer-option.js';
import { modeOption } from './mode-option.js';

/** What `bench run` was asked for. */
interface RunCommandOptions extends Changes, RunInTurnOptions {
  readonly out?: string;
  readonly json?: true;
}

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
    .action(async (name: string, options: RunCommandOptions) => {
      const { resolveExperiment } = await import('../experiment/resolve-experiment.js');
      const { runInTurn } = await import('../engine/run.js');
      const experiment = resolveExperiment(name, options);
      const { study, name: own, seed } = experiment;
      const folder = options.out ?? join('runs', study, own, `seed-${seed}`);
      const [result] = await runInTurn([{ experiment, folder }], options);
      if (options.json) printJson(result);
      else process.stdout.write(`${formatResult(result!)}\nRun folder: ${relative('.', folder)}\n`);
      refuseUnlessCompleted(result!);
    });
}

function refuseUnlessCompleted({ status, reason = '' }: RunResult): void {
  if (status === 'interrupted') {
    throw new UserError(
      `Interrupted: ${reason}. Everything so far is kept; type the same command with --resume to go on.`,
      { exitCode: 1 },
    );
  }
  if (status === 'diverged') throw new UserError(`The run diverged: ${reason}.`, { exitCode: 1 });
}
