import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../../apps/bench/src/commands/main.js';
import { parseCommandLine } from '../../../packages/tfjs-native/src/command-line.js';
import { markdownFiles, shellCommandsOf } from '../src/index.js';
import { root } from './written-programs.js';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  packageManager: string;
  scripts: Record<string, string>;
  devDependencies: Record<string, string>;
};
/** Commands of pnpm itself that our manuals use, beside scripts. */
const pnpmCommands = ['install', 'audit', 'licenses', 'publish', 'dlx'];

/** What is wrong with a command, where it is one of ours; `undefined` where nothing is, or it is another's. */
async function faultOf(words: readonly string[]): Promise<string | undefined> {
  const [program, ...rest] = words;
  if (program === 'npx') return faultOf(rest.filter((word) => word !== '--yes' && word !== '-y'));
  if (program === 'bench') return faultOfBench(rest);
  if (program === 'tfjs-native') return faultOfTfjsNative(rest);
  if (program?.startsWith('pnpm') !== true) return undefined;
  if (program !== 'pnpm' && program !== manifest.packageManager)
    return `pnpm is ${manifest.packageManager} here`;
  return faultOfPnpm(rest);
}

async function faultOfPnpm([script, ...rest]: readonly string[]): Promise<string | undefined> {
  if (script === undefined || script.startsWith('-')) return undefined;
  if (script === 'bench') return faultOfBench(rest);
  const known = [...Object.keys(manifest.scripts), ...Object.keys(manifest.devDependencies), ...pnpmCommands];
  return known.includes(script) ? undefined : `there is no script ${script}`;
}

/** Lets the bench read the words, with nothing to do at the end. */
async function faultOfBench(words: readonly string[]): Promise<string | undefined> {
  const bench = createProgram();
  let said = '';
  const silence = (command: ReturnType<typeof createProgram>) => {
    command.configureOutput({
      writeOut: () => undefined,
      writeErr: (text) => (said += text),
      outputError: (text) => (said += text),
    });
    command.exitOverride();
    if (command.commands.length === 0) command.action(() => undefined);
    command.commands.forEach(silence);
  };
  silence(bench);
  try {
    await bench.parseAsync(words, { from: 'user' });
    return undefined;
  } catch (error) {
    if ((error as { exitCode?: number }).exitCode === 0) return undefined;
    return said === '' ? (error as Error).message : said.trim().split('\n')[0];
  }
}

function faultOfTfjsNative(words: readonly string[]): string | undefined {
  try {
    parseCommandLine(words);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a command in a manual', () => {
  it.each([
    ['bench quik', /unknown command 'quik'/],
    ['bench run a/b --epoch 1', /unknown option '--epoch'/],
    ['npx bench data fetch cifar10', /fetch/],
    ['npx --yes pnpm@12.21.0 bench run', /missing required argument/],
    ['bench completion powershell', /powershell/],
    ['npx pnpm@9.0.0 bench list', /pnpm is pnpm@12.21.0 here/],
    ['npx pnpm@12.21.0 lintt', /no script lintt/],
    ['npx tfjs-native setup --fast', /--fast/],
    ['tfjs-native fly', /no command 'fly'/],
  ])('is not "%s"', async (command, fault) => {
    expect(await faultOf(command.split(' '))).toMatch(fault);
  });

  it.each(['bench --help', 'npx bench data list --json', 'npx --yes pnpm@12.21.0 test', 'npm test'])(
    'may be "%s"',
    async (command) => {
      expect(await faultOf(command.split(' '))).toBeUndefined();
    },
  );
});

it('every command of ours in our Markdown files exists, with its options', async () => {
  const commands = markdownFiles(root).flatMap((file) =>
    shellCommandsOf(readFileSync(join(root, file), 'utf8')).map((command) => ({ ...command, file })),
  );
  // Fewer would mean that they are not found any more.
  expect(commands.filter(({ words }) => words.includes('bench')).length).toBeGreaterThan(30);
  const faults: string[] = [];
  for (const { file, line, words } of commands) {
    const fault = await faultOf(words);
    if (fault !== undefined) faults.push(`${file}:${line} says "${words.join(' ')}": ${fault}`);
  }
  expect(faults).toEqual([]);
});
