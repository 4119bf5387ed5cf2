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
  const output: OutputState = { exitCode: (code) => (lost && code === 0 ? 1 : code) };
  for (const stream of [stdout, stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || lost) return;
      lost = true;
      process.exitCode = output.exitCode(Number(process.exitCode ?? 0));
      if (stream === stdout) stderr.write(`Cannot write the output: ${explain(error)}.\n`);
    });
  return output;
}

function explain(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOSPC') return 'the disk is full. Free some space, or write it elsewhere';
  if (error.code === 'EDQUOT') return 'your disk quota is used up. Free some space, or write it elsewhere';
  return messageOf(error);
}
