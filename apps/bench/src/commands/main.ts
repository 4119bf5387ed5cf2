import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addCollectCommand } from './collect.js';
import { addCompareCommand } from './compare.js';
import { addCompletionCommand } from './completion.js';
import { addDataCommand } from './data.js';
import { addDoctorCommand } from './doctor.js';
import { addListCommand } from './list.js';
import { addPredictCommand } from './predict.js';
import { addEmbedCommand } from './embed.js';
import { addExportCommand } from './export.js';
import { addPrototypesCommand } from './prototypes.js';
import { addQuickCommand } from './quick.js';
import { addReportCommand } from './report.js';
import { addRunCommand } from './run.js';
import { addStepCommand } from './step.js';
import { addSweepCommand } from './sweep.js';
import { addWorkCommand } from './work.js';
import { addWatchCommand } from './watch.js';
import { messageOf } from '../records/message-of.js';
import { UserError } from '../records/user-error.js';

/** All commands, each with its options, examples and what it does. */
export function createProgram(): Command {
  const program = new Command('bench')
    .description('Train, measure and report hyperspherical prototype networks.')
    .version(version(), '--version', 'print the version')
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('Type bench --help to see what there is.')
    .configureOutput({
      outputError: (text, write) => {
        const sentence = text.replace(/^error: (.)/, (_, first: string) => first.toUpperCase());
        // It quotes what was typed, and after a typing mistake that may be the address of a Redis.
        write(sentence.replaceAll(/(:\/\/)\S*@/g, '$1***@'));
      },
    })
    .addHelpText(
      'after',
      '\nExamples:\n  bench doctor\n  bench quick\n  bench run --help\n' +
        '\nExit codes: 0 done, 1 failed, 2 wrong usage or bad input. DEBUG=1 shows stack traces; NO_COLOR=1 and FORCE_COLOR=1 decide on colours.',
    );
  for (const add of [
    addQuickCommand,
    addRunCommand,
    addSweepCommand,
    addWorkCommand,
    addListCommand,
    addWatchCommand,
    addCollectCommand,
    addReportCommand,
    addCompareCommand,
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
  return program;
}

/**
 * Runs the command line.
 *
 * @returns The exit code: 0 done, 1 failed, 2 wrong usage or bad input.
 */
export async function main(words: readonly string[]): Promise<number> {
  const program = createProgram();
  try {
    await program.parseAsync(words, { from: 'user' });
    return typeof process.exitCode === 'number' ? process.exitCode : 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return reportError(error);
  }
}

/**
 * Prints what an error says, with its stack where `DEBUG` asks for it.
 *
 * @returns The exit code.
 */
export function reportError(error: unknown): number {
  process.stderr.write(`${messageOf(error)}\n`);
  if (process.env.DEBUG) console.error(error);
  return error instanceof UserError ? error.exitCode : 1;
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
