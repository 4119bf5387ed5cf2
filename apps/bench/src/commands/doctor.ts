import type { Command } from 'commander';

/** Adds `bench doctor`: what is found, what is not, and what to type. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .summary('show what is found on this machine, what is not, and what to type')
    .option('--json', 'print one JSON document on stdout')
    .action(async (options: { readonly json?: true }) => {
      const { doctor } = await import('../doctor.js');
      await doctor(options);
    });
}
