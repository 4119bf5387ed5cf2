import { Command, CommanderError } from 'commander';
import { addCompletionCommand } from './commands/completion.js';
import { addDataCommand } from './commands/data.js';
import { addDoctorCommand } from './commands/doctor.js';
import { addListCommand } from './commands/list.js';
import { addPredictCommand } from './commands/predict.js';
import { addEmbedCommand } from './commands/embed.js';
import { addExportCommand } from './commands/export.js';
import { addPrototypesCommand } from './commands/prototypes.js';
import { addQuickCommand } from './commands/quick.js';
import { addReportCommand } from './commands/report.js';
import { addRunCommand } from './commands/run.js';
import { addStepCommand } from './commands/step.js';
import { addSweepCommand } from './commands/sweep.js';
import { addWorkCommand } from './commands/work.js';
import { addWatchCommand } from './commands/watch.js';
import { UserError } from './user-error.js';

/**
 * Runs the command line.
 *
 * @returns The exit code: 0 done, 1 failed, 2 wrong usage or bad input.
 */
export async function main(words: readonly string[]): Promise<number> {
  const program = new Command('bench')
    .description('Train, measure and report hyperspherical prototype networks.')
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('Type bench --help to see what there is.')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      outputError: (text, write) => {
        write(text.replace(/^error: (.)/, (_, first: string) => first.toUpperCase()));
      },
    })
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 wrong usage or bad input. DEBUG=1 shows stack traces.',
    );
  for (const add of [
    addQuickCommand,
    addRunCommand,
    addSweepCommand,
    addWorkCommand,
    addListCommand,
    addWatchCommand,
    addReportCommand,
    addPredictCommand,
    addEmbedCommand,
    addExportCommand,
    addPrototypesCommand,
    addDataCommand,
    addStepCommand,
    addDoctorCommand,
    addCompletionCommand,
  ]) {
    add(program);
  }
  try {
    await program.parseAsync(words, { from: 'user' });
    return typeof process.exitCode === 'number' ? process.exitCode : 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message}\n`);
    if (process.env.DEBUG) console.error(error);
    return error instanceof UserError ? error.exitCode : 1;
  }
}
