import type { Command } from 'commander';

/** Adds `bench doctor`: what is found, what is not, and what to type. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .summary('show what is found on this machine, what is not, and what to type')
    .description(
      'Shows the machine, the engine and what it needs, the datasets in the cache and programs that some commands can use. ' +
        'Paste it into a bug report. Exit code 1 when the engine is not ready.',
    )
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', '\nExamples:\n  bench doctor\n  bench doctor --json | jq .engine.ready')
    .action(async (options: { readonly json?: true }) => {
      const { describeMachine } = await import('./describe-machine.js');
      await describeMachine(options);
    });
}
