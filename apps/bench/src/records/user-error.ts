import { printableLine } from './printable.js';

/**
 * Something that the person at the keyboard can put right. Its message is one sentence that says what is wrong and
 * what to do; the command line prints it without a stack trace.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** 2: the command was typed wrongly or given bad input. 1: the command was right and could not be carried out. */
  readonly exitCode: 1 | 2;

  constructor(
    message: string,
    { exitCode = 2, cause }: { readonly exitCode?: 1 | 2; readonly cause?: unknown } = {},
  ) {
    // It quotes files, folders and arguments, whose line ends would make one sentence look like several.
    super(printableLine(message), { cause });
    this.exitCode = exitCode;
  }
}
