import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

// Found from here, wherever the process works.
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

/** What a command left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the bench as a process of its own, as a person would.
 *
 * @param options.onStderr - Called with all of stderr so far whenever more comes; may send the process a signal.
 * @param options.onStdout - The same for stdout.
 */
export async function runBench(
  words: readonly string[],
  options: {
    readonly environment?: Readonly<Record<string, string>>;
    /** Where the process works, in place of this one's folder. */
    readonly folder?: string;
    readonly onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
    /** Reads nothing of what the process prints. */
    readonly closeStdout?: boolean;
    readonly onStdout?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
  } = {},
): Promise<Finished> {
  const child = spawn(
    process.execPath,
    ['--conditions=@hyperspherical/source', '--import', tsx, cli, ...words],
    {
      ...(options.folder !== undefined && { cwd: options.folder }),
      env: { ...process.env, ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  if (options.closeStdout) child.stdout.destroy();
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    options.onStdout?.(stdout, (signal) => child.kill(signal));
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    options.onStderr?.(stderr, (signal) => child.kill(signal));
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stdout, stderr };
}
