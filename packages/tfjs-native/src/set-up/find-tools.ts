import { existsSync } from 'node:fs';
import { runCommand, type RunOptions } from './run-command.js';

/** One program or file that set-up needs: what was found, or what to type to get it. */
export interface Finding {
  readonly name: string;
  readonly found: boolean;
  /** The version that was found, or what is wrong. */
  readonly detail: string;
  /** What to do when it was not found. */
  readonly advice?: string;
}

/** A compiler and how to call it. */
export interface Compiler {
  /** The command and the arguments that always come first, for example `['ccache', 'g++']`. */
  readonly command: readonly [string, ...string[]];
  /** First line of its `--version`. */
  readonly version: string;
}

const install = {
  python: {
    linux: 'Install it, on Debian or Ubuntu: apt-get install python3 python3-pip',
    darwin: 'Install it: brew install python3',
  },
  pip: {
    linux: 'Install it, on Debian or Ubuntu: apt-get install python3-pip',
    darwin: 'Install it: python3 -m ensurepip --user',
  },
  compiler: {
    linux: 'Install one, on Debian or Ubuntu: apt-get install g++',
    darwin: 'Install one: xcode-select --install',
  },
};

function advice(tool: keyof typeof install): string {
  return install[tool][process.platform === 'darwin' ? 'darwin' : 'linux'];
}

/** Looks for python3 with the modules that unpacking needs. */
export async function findPython(options: RunOptions): Promise<Finding> {
  const result = await runCommand(
    'python3',
    ['-c', 'import hashlib, platform, zipfile, zlib; print(platform.python_version())'],
    options,
  );
  if (result.exitCode === 0) return { name: 'python3', found: true, detail: result.stdout.trim() };
  const detail = result.notFound
    ? 'python3 is not on the PATH.'
    : `python3 does not work: ${lastLine(result.stderr) || 'it says nothing'}.`;
  return { name: 'python3', found: false, detail, advice: advice('python') };
}

/** Looks for pip, as a module of python3. */
export async function findPip(options: RunOptions): Promise<Finding> {
  const result = await runCommand('python3', ['-m', 'pip', '--version'], options);
  if (result.exitCode === 0) {
    return { name: 'pip', found: true, detail: result.stdout.trim().split(' ')[1] ?? '' };
  }
  const detail = /No module named '?pip\b/.test(result.stderr)
    ? 'python3 has no pip.'
    : `pip does not work: ${lastLine(result.stderr) || 'it says nothing'}.`;
  return { name: 'pip', found: false, detail, advice: advice('pip') };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}

/** Looks for a C++ compiler: `CXX` when it is set, else c++, g++ or clang++. */
export async function findCompiler(
  options: RunOptions,
): Promise<{ readonly finding: Finding; readonly compiler?: Compiler }> {
  const chosen = options.environment.CXX?.trim();
  const candidates = chosen
    ? [existsSync(chosen) ? [chosen] : chosen.split(/\s+/)]
    : [['c++'], ['g++'], ['clang++']];
  for (const [command = '', ...first] of candidates) {
    const result = await runCommand(command, [...first, '--version'], options);
    if (result.exitCode === 0) {
      const version = result.stdout.split('\n')[0]?.trim() ?? '';
      return {
        finding: { name: 'compiler', found: true, detail: `${[command, ...first].join(' ')}: ${version}` },
        compiler: { command: [command, ...first], version },
      };
    }
  }
  return {
    finding: {
      name: 'compiler',
      found: false,
      detail: chosen
        ? `CXX is "${chosen}", which does not run.`
        : 'No C++ compiler is on the PATH (tried c++, g++, clang++).',
      advice: chosen ? 'Unset CXX, or set it to a C++ compiler.' : advice('compiler'),
    },
  };
}
