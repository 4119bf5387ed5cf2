import { spawn } from 'node:child_process';

/** How a command ended, with what it wrote. */
export interface CommandResult {
  /** `undefined` when it could not be started or was ended by a signal. */
  readonly exitCode: number | undefined;
  /** The signal that ended it, for example `SIGILL`. */
  readonly endedBy: NodeJS.Signals | undefined;
  /** Whether the command could not be started: there is no such file, or it may not be run. */
  readonly notFound: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a command. */
export interface RunOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly folder?: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a command without a shell and collects what it writes. Fails only when `signal` is aborted (the command is
 * then ended); everything else is in the result.
 */
export async function runCommand(
  command: string,
  commandArguments: readonly string[],
  { environment, folder, signal }: RunOptions,
): Promise<CommandResult> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let notFound = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', (error) => {
      notFound = true;
      stderr += error.message;
    });
    const end = (): void => void child.kill();
    signal?.addEventListener('abort', end, { once: true });
    child.on('close', (exitCode, endedBy) => {
      signal?.removeEventListener('abort', end);
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      resolve({
        exitCode: notFound ? undefined : (exitCode ?? undefined),
        endedBy: endedBy ?? undefined,
        notFound,
        stdout,
        stderr,
      });
    });
  });
}
