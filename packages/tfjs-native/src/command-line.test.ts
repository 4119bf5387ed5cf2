import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommandLine } from './command-line.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tfjs-native-command-line-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

async function run(
  words: string,
  { debug = false, signal = new AbortController().signal } = {},
): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const exitCode = await runCommandLine(words === '' ? [] : words.split(' '), {
    streams: { stdout, stderr },
    signal,
    debug,
  });
  const text = (stream: PassThrough): string => String(stream.read() ?? '');
  return { exitCode, stdout: text(stdout), stderr: text(stderr) };
}

/** A machine with an empty cache and no program on the PATH. */
function bareMachine(): void {
  vi.stubEnv('HYPERSPHERICAL_CACHE', folder);
  vi.stubEnv('PATH', folder);
  vi.stubEnv('CXX', '');
}

describe('tfjs-native', () => {
  it.each([
    ['', 'A command is missing.'],
    ['fly', "There is no command 'fly'."],
    ['setup again', "Unexpected argument 'again'."],
    ['setup --fast', "Unknown option '--fast'"],
    ['setup --variant tpu', '--variant is "tpu"; it can be cpu or gpu.'],
  ])('answers "%s" with one sentence and exit code 2', async (words, sentence) => {
    const { exitCode, stdout, stderr } = await run(words);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('explains itself with --help', async () => {
    const { exitCode, stdout } = await run('--help');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Usage: tfjs-native <command>/);
    expect((await run('setup --help')).stdout).toBe(stdout);
  });

  it('setup is silent when the engine is there', async () => {
    expect(await run('setup')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('setup --json writes one document', async () => {
    const { exitCode, stdout, stderr } = await run('setup --json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ alreadyThere: true, folder: expect.any(String) as string });
  });

  it('setup that fails says why on stderr, without a stack trace, and exits 1', async () => {
    bareMachine();
    const { exitCode, stdout, stderr } = await run('setup');
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^python3 is not on the PATH\. /);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('setup that fails shows the stack trace in DEBUG and one document with --json', async () => {
    bareMachine();
    const { stdout, stderr } = await run('setup --json', { debug: true });
    expect(stderr).toMatch(/^\s+at /m);
    expect(JSON.parse(stdout)).toEqual({ error: expect.stringContaining('python3') as string });
  });

  it('setup that is interrupted says so', async () => {
    bareMachine();
    expect(await run('setup', { signal: AbortSignal.abort() })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'Interrupted: nothing was left in the cache folder.\n',
    });
  });

  it('doctor exits 1 and shows what is missing when there is no engine', async () => {
    bareMachine();
    const { exitCode, stdout } = await run('doctor');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^ {2}MISSING {2}engine/m);
    expect(stdout).toMatch(/^ {2}MISSING {2}compiler/m);
    expect(stdout).toMatch(/^ {2}found {4}wheel to fetch .*sha256 [0-9a-f]{64}$/m);
  });

  it('doctor tells what it sees of a GPU, and what the variant for it would fetch', async () => {
    bareMachine();
    const plain = (await run('doctor')).stdout;
    expect(plain).toMatch(/^TensorFlow 2\.15\.1 with tfjs-node 4\.22\.0, variant cpu$/m);
    if (process.platform !== 'linux' || process.arch !== 'x64') return;
    expect(plain).toContain('Computing on a GPU needs (setup --variant gpu takes the engine for it):');
    expect(plain).toMatch(/^ {2}(found {2}|MISSING) +driver/m);
    expect(plain).toMatch(/^ {2}MISSING {2}devices +nvidia-smi is not on the PATH\./m);
    const { exitCode, stdout } = await run('doctor --variant gpu');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/variant gpu$/m);
    expect(stdout).toMatch(
      /^ {2}found {4}wheel to fetch {2}nvidia-cudnn-cu12==8\.9\.4\.25 .*sha256 [0-9a-f]{64}$/m,
    );
    expect(stdout).toContain('--variant gpu');
  });

  it('doctor --json writes the report', async () => {
    bareMachine();
    const { exitCode, stdout } = await run('doctor --json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ready: false, canSetUp: false, tensorflowVersion: '2.15.1' });
  });
});
