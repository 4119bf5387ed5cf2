import { parseArgs } from 'node:util';
import type { Finding } from './set-up/find-tools.js';
import { type EngineReport, inspectEngine } from './set-up/inspect-engine.js';
import { setUp } from './set-up/set-up.js';
import { reportProgress } from './report-progress.js';

const help = `Usage: tfjs-native <command> [--json]

Commands:
  setup    fetch TensorFlow's libraries with pip, compile the addon, keep both in the cache folder;
           says nothing when that is done already
  doctor   show what is found on this machine, what is not, and what to type

Options:
  --json   one JSON document on stdout, nothing else there
  --help   this text

Environment:
  HYPERSPHERICAL_CACHE   the cache folder (default: $XDG_CACHE_HOME/hyperspherical or ~/.cache/hyperspherical)
  CXX                    the C++ compiler (default: c++, g++ or clang++)
  PIP_INDEX_URL, ...     pip's own settings for mirrors, proxies and certificates
  DEBUG                  set it to see stack traces and what pip and the compiler wrote

Exit codes: 0 done (doctor: the engine is ready), 1 failed (doctor: it is not), 2 wrong usage.
`;

/** Where the command line writes. */
export interface Streams {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

const exitCodes = { done: 0, failed: 1, wrongUsage: 2 };

function describeFinding({ name, found, detail, advice }: Finding): string {
  const text = advice === undefined ? detail : `${detail} ${advice}`;
  return `  ${found ? 'found  ' : 'MISSING'}  ${name.padEnd(14)}  ${text}`;
}

function describeReport(report: EngineReport): string {
  return [
    `TensorFlow ${report.tensorflowVersion} with tfjs-node ${report.tfjsNodeVersion}`,
    '',
    'The engine needs:',
    ...report.engine.map(describeFinding),
    '',
    `Set-up needs${report.ready ? ' (it is done)' : ''}:`,
    ...report.setUp.map(describeFinding),
    '',
    report.advice,
    '',
  ].join('\n');
}

async function runSetUp(json: boolean, signal: AbortSignal, { stdout, stderr }: Streams): Promise<number> {
  const progress = reportProgress(stderr);
  try {
    const result = await setUp({ onProgress: progress.tell, signal });
    if (!result.alreadyThere)
      progress.finish(`The engine is ready: ${result.folder} (${result.seconds.toFixed(1)} s)`);
    if (json) stdout.write(`${JSON.stringify(result)}\n`);
    return exitCodes.done;
  } finally {
    progress.clear();
  }
}

async function runDoctor(json: boolean, { stdout }: Streams): Promise<number> {
  const report = await inspectEngine();
  stdout.write(json ? `${JSON.stringify(report)}\n` : describeReport(report));
  return report.ready ? exitCodes.done : exitCodes.failed;
}

function describeError(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return String(error);
  if (!debug) return error.message;
  const cause = typeof error.cause === 'string' ? `\n\n${error.cause}` : '';
  return `${error.stack ?? error.message}${cause}`;
}

function parse(commandLine: readonly string[]): {
  command: string | undefined;
  json: boolean;
  help: boolean;
} {
  const { values, positionals } = parseArgs({
    args: [...commandLine],
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
    allowPositionals: true,
  });
  if (positionals.length > 1) throw new Error(`Unexpected argument '${positionals[1]!}'.`);
  return { command: positionals[0], json: values.json, help: values.help };
}

/**
 * Runs `tfjs-native setup` or `tfjs-native doctor`.
 *
 * @param commandLine the arguments after the program's name
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage
 */
export async function runCommandLine(
  commandLine: readonly string[],
  {
    streams = process,
    signal,
    debug,
  }: { readonly streams?: Streams; readonly signal: AbortSignal; readonly debug: boolean },
): Promise<number> {
  const { stdout, stderr } = streams;
  let parsed;
  try {
    parsed = parse(commandLine);
    const { command } = parsed;
    if (!parsed.help && command !== 'setup' && command !== 'doctor') {
      throw new Error(command === undefined ? 'A command is missing.' : `There is no command '${command}'.`);
    }
  } catch (error) {
    stderr.write(`${(error as Error).message} The commands are setup and doctor; see tfjs-native --help.\n`);
    return exitCodes.wrongUsage;
  }
  if (parsed.help) {
    stdout.write(help);
    return exitCodes.done;
  }
  try {
    return parsed.command === 'setup'
      ? await runSetUp(parsed.json, signal, streams)
      : await runDoctor(parsed.json, streams);
  } catch (error) {
    const text = signal.aborted
      ? 'Interrupted: nothing was left in the cache folder.'
      : describeError(error, debug);
    stderr.write(`${text}\n`);
    if (parsed.json) stdout.write(`${JSON.stringify({ error: text })}\n`);
    return exitCodes.failed;
  }
}
