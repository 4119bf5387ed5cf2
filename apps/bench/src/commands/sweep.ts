import type { Command } from 'commander';
import type { SweepOptions } from '../sweep/run-sweep.js';
import { integerOption } from './integer-option.js';

/** Adds `bench sweep`: many runs from one file. */
export function addSweepCommand(program: Command): void {
  program
    .command('sweep <file>')
    .summary('carry out many runs: experiments, a grid of settings, seeds')
    .description(
      'Carries out every experiment of a sweep file at every point of its grid with every seed, each run in a process and a folder of ' +
        'its own. The same command goes on where it was: a finished run is never repeated.',
    )
    .option('--out <folder>', 'where the run folders go: <out>/<study>/<name>/seed-<n>', 'runs')
    .option('--jobs <n>', 'runs at a time on this machine (default: 1)', integerOption(1))
    .option('--attempts <n>', 'how often a run that crashes is begun in all', integerOption(1), 3)
    .option('--redis <url>', 'let workers (bench work) carry out the runs, on any number of machines')
    .option(
      '--key-file <file>',
      'with --redis: sign jobs, and take only results signed with the key in this file',
    )
    .option('--plan', 'print one command a line for a scheduler, and run nothing')
    .option('--resume', 'accepted, and always so: finished runs stay, interrupted ones go on')
    .option('--data-folder <folder>', 'read the data from this folder instead of the cache')
    .option('--limit-images <n>', 'use only the first n images of each split', integerOption(1))
    .option('--epochs <n>', 'epochs of each run', integerOption(1))
    .option('--json', 'print one JSON document on stdout')
    .addHelpText(
      'after',
      [
        '\nExamples:',
        '  bench sweep sweep.json --jobs 2',
        '  bench sweep sweep.json --redis redis://192.0.2.7:6379',
        '  bench sweep sweep.json --plan > plan.txt',
        '\nA sweep file:',
        '  { "name": "dimensions", "experiments": ["quick/hyperspherical"],',
        '    "grid": { "head.prototypes.dimensions": [3, 10] }, "seeds": [0, 1, 2] }',
        '\nHYPERSPHERICAL_SWEEP_KEY may hold the key in place of --key-file.',
      ].join('\n'),
    )
    .action(async (file: string, options: SweepOptions) => {
      const { runSweep } = await import('../sweep/run-sweep.js');
      await runSweep(file, options);
    });
}
