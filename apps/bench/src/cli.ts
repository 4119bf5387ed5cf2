import { main, reportError } from './commands/main.js';
import { guardOutput } from './printing/guard-output.js';
import { watchOutput } from './printing/watch-output.js';

guardOutput(process.stdout);
guardOutput(process.stderr);
const output = watchOutput(process.stdout, process.stderr);
// What a timer or a stream throws gets a sentence like every other error.
process.on('uncaughtException', (error: unknown) => {
  process.exit(reportError(error));
});

process.exitCode = output.exitCode(await main(process.argv.slice(2)));
