import type { Command } from 'commander';
import type { CollectCommandOptions } from '../report/collect/print-collected.js';

/** Adds `bench collect <runs>`: results without weights, small enough to be committed. */
export function addCollectCommand(program: Command): void {
  program
    .command('collect <runs>')
    .summary('keep the results of finished runs, small enough to be committed')
    .description(
      'Copies result.json, config.json and environment.json of every finished run below a folder, once they have been checked against ' +
        'each other and against the epochs. Refuses runs that did not end, were edited, contradict themselves or used a part of the ' +
        'data; keeps diverged ones. Every command that reads runs reads the copies.',
    )
    .requiredOption('--into <folder>', 'where results go: <folder>/<study>/<name>/seed-<n>')
    .option(
      '--alone',
      'the machine did nothing else meanwhile; without it, reports do not show how fast these runs were',
    )
    .option('--replace', 'take the place of another result of the same study, name and seed')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', '\nExamples:\n  bench collect runs --into results\n  bench report results')
    .action(async (runs: string, options: CollectCommandOptions) => {
      const { printCollected } = await import('../report/collect/print-collected.js');
      printCollected(runs, options);
    });
}
