import type { Command } from 'commander';

/** Adds `bench list`: the experiments that come with the bench. */
export function addListCommand(program: Command): void {
  program
    .command('list [study]')
    .summary('the experiments that come with the bench')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', '\nExamples:\n  bench list\n  bench list quick')
    .action(async (study: string | undefined, options: { readonly json?: true }) => {
      const { listExperiments } = await import('./list-experiments.js');
      listExperiments(study, options);
    });
}
