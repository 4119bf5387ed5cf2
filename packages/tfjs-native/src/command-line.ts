import { parseArgs } from 'node:util';
import { checkVariant } from './set-up/chosen-variant.js';
import type { EngineVariant } from './set-up/engine-recipe.js';
import type { Finding } from './set-up/find-tools.js';
import { type EngineReport, inspectEngine } from './set-up/inspect-engine.js';
import { setUp } from './set-up/set-up.js';
import { reportProgress } from './report-progress.js';

const help = `Usage: tfjs-native <command> [--variant cpu|gpu] [--force] [--json]

Commands:
  setup    fetch TensorFlow's libraries with pip, compile the addon, keep both in the cache folder;
           says nothing when that is done already and every file is whole; replaces a damaged engine
  doctor   show what is found on this machine, what is not, and what to type

Options:
  --variant  cpu, or gpu on Linux x64: TensorFlow with CUDA's libraries, for NVIDIA's GPUs (2.1 GB to fetch,
             3.5 GB to keep; default: HYPERSPHERICAL_VARIANT, else what was set up, else cpu)
  --force    setup: make the engine again even when a whole one is there
  --json     one JSON document on stdout, nothing else there
  --help     this text

Environment:
  HYPERSPHERICAL_CACHE   the cache folder (default: $XDG_CACHE_HOME/hyperspherical or ~/.cache/hyperspherical)
  HYPERSPHERICAL_VARIANT cpu or gpu, for set-up, doctor and import (default: gpu where it was set up)
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

function describeGpu({ gpu, variant }: EngineReport): string[] {
  if (gpu.length === 0) return [];
  const hint = variant === 'gpu' ? '' : ' (setup --variant gpu takes the engine for it)';
  return [`Computing on a GPU needs${hint}:`, ...gpu.map(describeFinding), ''];
}

function describeReport(report: EngineReport): string {
  return [
    `TensorFlow ${report.tensorflowVersion} with tfjs-node ${report.tfjsNodeVersion}, variant ${report.variant}`,
    '',
    'The engine needs:',
    ...report.engine.map(describeFinding),
    '',
    `Set-up needs${report.ready ? ' (it is done)' : ''}:`,
    ...report.setUp.map(describeFinding),
    '',
    ...describeGpu(report),
    report.advice,
    '',
  ].join('\n');
}

async function runSetUp(
  { json, force, variant }: Flags,
  signal: AbortSignal,
  { stdout, stderr }: Streams,
): Promise<number> {
  const progress = reportProgress(stderr);
  try {
    const result = await setUp({ onProgress: progress.tell, signal, force, ...(variant && { variant }) });
    if (!result.alreadyThere)
      progress.finish(`The engine is ready: ${result.folder} (${result.seconds.toFixed(1)} s)`);
    if (json) stdout.write(`${JSON.stringify(result)}\n`);
    return exitCodes.done;
  } finally {
    progress.clear();
  }
}

async function runDoctor({ json, variant }: Flags, { stdout }: Streams): Promise<number> {
  const report = await inspectEngine(variant && { variant });
  stdout.write(json ? `${JSON.stringify(report)}\n` : describeReport(report));
  return report.ready ? exitCodes.done : exitCodes.failed;
}

function describeError(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return String(error);
  if (!debug) return error.message;
  const cause = typeof error.cause === 'string' ? `\n\n${error.cause}` : '';
  return `${error.stack ?? error.message}${cause}`;
}

/** What was asked for. */
interface Flags {
  readonly command: 'setup' | 'doctor' | undefined;
  readonly json: boolean;
  readonly help: boolean;
  readonly force: boolean;
  readonly variant: EngineVariant | undefined;
}

/**
 * Reads the words of a command line.
 *
 * @throws {Error} which says what is wrong, if there is no such command or option; `command` is missing only where help is asked for.
 */
export function parseCommandLine(commandLine: readonly string[]): Flags {
  const { values, positionals } = parseArgs({
    args: [...commandLine],
    options: {
      json: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      variant: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
    allowPositionals: true,
  });
  if (positionals.length > 1) throw new Error(`Unexpected argument '${positionals[1]!}'.`);
  if (values.force && positionals[0] === 'doctor') throw new Error("doctor has no option '--force'.");
  const variant = values.variant === undefined ? undefined : checkVariant('--variant', values.variant);
  const [command] = positionals;
  if (command === 'setup' || command === 'doctor') return { ...values, command, variant };
  if (command !== undefined) throw new Error(`There is no command '${command}'.`);
  if (!values.help) throw new Error('A command is missing.');
  return { ...values, command, variant };
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
    parsed = parseCommandLine(commandLine);
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
      ? await runSetUp(parsed, signal, streams)
      : await runDoctor(parsed, streams);
  } catch (error) {
    const text = signal.aborted
      ? 'Interrupted: nothing was left in the cache folder.'
      : describeError(error, debug);
    stderr.write(`${text}\n`);
    if (parsed.json) stdout.write(`${JSON.stringify({ error: text })}\n`);
    return exitCodes.failed;
  }
}
