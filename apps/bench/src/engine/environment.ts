import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

/** What a number depends on besides the experiment: for `environment.json` and `bench doctor`. */
export interface Environment {
  /** The commit of the checkout that the bench runs from; null when it is an installed package. */
  readonly commit: string | null;
  /** Whether that checkout has uncommitted changes. */
  readonly dirty: boolean | null;
  readonly bench: string;
  readonly tfjs: string;
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
}

/** Looks at the machine and the checkout; loads neither tfjs nor TensorFlow. */
export function describeEnvironment(): Environment {
  const appFolder = fileURLToPath(new URL('../..', import.meta.url));
  const installed = appFolder.includes('node_modules');
  const commit = installed ? null : git(appFolder, ['rev-parse', 'HEAD']);
  return {
    commit,
    dirty: commit === null ? null : git(appFolder, ['status', '--porcelain']) !== '',
    bench: versionIn(fileURLToPath(new URL('../../package.json', import.meta.url))),
    tfjs: versionIn(createRequire(import.meta.url).resolve('@tensorflow/tfjs-core/package.json')),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
  };
}

function git(folder: string, command: readonly string[]): string | null {
  try {
    return execFileSync('git', command, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}

function versionIn(packageJson: string): string {
  return (JSON.parse(readFileSync(packageJson, 'utf8')) as { version: string }).version;
}
