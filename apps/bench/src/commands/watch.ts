import { InvalidArgumentError, type Command } from 'commander';
import type { WatchOptions } from '../watch/watch-folder.js';
import { integerOption } from './integer-option.js';

/** Adds `bench watch`: runs as they go, in a browser. */
export function addWatchCommand(program: Command): void {
  program
    .command('watch')
    .argument('[folder]', 'a folder of runs, or one run', 'runs')
    .summary('show runs in a browser while they train')
    .description(
      'Serves a page that shows every run in and below a folder and follows it: curves, confusion matrix, the sphere with ' +
        'prototypes and test outputs, predicted values. Only this machine can reach it, and it changes nothing.',
    )
    .option('--port <n>', 'where to serve it; 0: any that is free (default: 6106, or any)', readPort)
    .option('--open', 'open it in the browser')
    .option('--json', 'print one JSON document on stdout: folder, url, port')
    .addHelpText(
      'after',
      '\nExamples:\n  bench watch\n  bench watch runs/quick --open\n  ssh -L 6106:127.0.0.1:6106 far-machine   # then here: http://127.0.0.1:6106/',
    )
    .action(async (folder: string, options: WatchOptions) => {
      const { watchFolder } = await import('../watch/watch-folder.js');
      await watchFolder(folder, options);
    });
}

function readPort(text: string): number {
  const port = integerOption(0)(text);
  if (port > 65535) throw new InvalidArgumentError('Give a port of 0 to 65535.');
  return port;
}
