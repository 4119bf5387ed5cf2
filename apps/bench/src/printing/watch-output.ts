import { messageOf } from '../records/message-of.js';

/** What became of a process's output. */
export interface OutputState {
  /** The process's exit code: 1 in place of 0 where output was lost. */
  exitCode(code: number): number;
}

/**
 * Says in one sentence, once, that output cannot be written: the disk is full. Whoever reads may stop reading (`| head`): the work
 * goes on, and what nobody reads is dropped in silence.
 */
export function watchOutput(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): OutputState {
  let lost = false;
  for (const stream of [stdout, stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || lost) return;
      lost = true;
      process.exitCode ||= 1;
      if (stream === stdout) stderr.write(`Cannot write the output: ${explain(error)}.\n`);
    });
  return { exitCode: (code) => (lost && code === 0 ? 1 : code) };
}

function explain(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'ENOSPC':
      return 'the disk is full. Free some space, or write it elsewhere';
    case 'EDQUOT':
      return 'your disk quota is used up. Free some space, or write it elsewhere';
    default:
      return messageOf(error);
  }
}
