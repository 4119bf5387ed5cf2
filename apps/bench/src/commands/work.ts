import type { Command } from 'commander';
import type { WorkerOptions } from '../sweep/run-worker.js';
import { integerOption } from './integer-option.js';

/** Adds `bench work`: a worker for the sweeps of any machine. */
export function addWorkCommand(program: Command): void {
  program
    .command('work')
    .summary('carry out the runs that sweeps put into a Redis queue')
    .description(
      'Takes runs from the queue that bench sweep --redis fills, on this or any other machine, and sends their results back. Ctrl-C ' +
        'gives unfinished runs back to the queue; the runs of a worker that dies go to another within a minute.',
    )
    .requiredOption('--redis <url>', 'the Redis that the sweep was given: redis://<host>:<port>')
    .option('--jobs <n>', 'runs at a time', integerOption(1), 1)
    .option('--out <folder>', "where run folders go; the sweep's own, where the machines share one", 'runs')
    .option('--data-folder <folder>', 'read the data from this folder instead of the cache')
    .option(
      '--read <folder>',
      'let experiments name files in this folder too, besides --out and --data-folder; repeatable',
      (folder: string, folders: readonly string[]) => [...folders, folder],
      [],
    )
    .option('--key-file <file>', 'take only jobs that are signed with the key in this file, and sign results')
    .option('--until-empty', 'stop when the queue is empty')
    .addHelpText(
      'after',
      '\nExample:\n  bench work --redis redis://192.0.2.7:6379 --jobs 2' +
        '\n\nHYPERSPHERICAL_SWEEP_KEY may hold the key in place of --key-file.',
    )
    .action(async (options: WorkerOptions) => {
      const { runWorker } = await import('../sweep/run-worker.js');
      await runWorker(options);
    });
}
