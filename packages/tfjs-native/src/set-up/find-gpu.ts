import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './find-tools.js';
import { runCommand, type RunOptions } from './run-command.js';

/** Where Linux keeps what is looked for; tests give another. */
export interface GpuSearch extends RunOptions {
  /** Default `/`. */
  readonly root?: string;
}

const libraryFolders = [
  'usr/lib/x86_64-linux-gnu',
  'usr/lib64',
  'usr/lib',
  'usr/local/nvidia/lib64',
  // Windows Subsystem for Linux.
  'usr/lib/wsl/lib',
];

/** Looks for NVIDIA's driver, its library and the GPUs. What is missing is only needed to compute on a GPU. */
export async function findGpu({ root = '/', ...options }: GpuSearch): Promise<Finding[]> {
  return [findDriver(root), findLibrary(root, options.environment), await findDevices(options)];
}

function findDriver(root: string): Finding {
  const name = 'driver';
  try {
    const text = readFileSync(join(root, 'proc/driver/nvidia/version'), 'utf8');
    return { name, found: true, detail: text.split('\n')[0]!.replace(/^NVRM version:\s*/, '') };
  } catch {
    return {
      name,
      found: false,
      detail: "The kernel has no NVIDIA driver (/proc/driver/nvidia/version isn't there).",
      advice:
        "Install NVIDIA's driver, 525.60.13 or newer; in a container start it with the GPUs (--gpus all).",
    };
  }
}

function findLibrary(root: string, environment: NodeJS.ProcessEnv): Finding {
  const name = 'libcuda';
  const own = (environment.LD_LIBRARY_PATH ?? '').split(':').filter((folder) => folder !== '');
  const folders = [...own, ...libraryFolders.map((folder) => join(root, folder))];
  const found = folders.map((folder) => join(folder, 'libcuda.so.1')).find((file) => existsSync(file));
  return found === undefined
    ? {
        name,
        found: false,
        detail: 'libcuda.so.1 is in no usual folder of libraries.',
        advice: "It comes with NVIDIA's driver; where it is elsewhere, put its folder into LD_LIBRARY_PATH.",
      }
    : { name, found: true, detail: found };
}

async function findDevices(options: RunOptions): Promise<Finding> {
  const name = 'devices';
  const query = ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader'];
  const result = await runCommand('nvidia-smi', query, options);
  const devices = result.stdout.split('\n').filter((line) => line.trim() !== '');
  if (result.exitCode === 0 && devices.length > 0) return { name, found: true, detail: devices.join('; ') };
  return {
    name,
    found: false,
    detail: result.notFound
      ? 'nvidia-smi is not on the PATH.'
      : `nvidia-smi finds none: ${`${result.stdout}${result.stderr}`.trim().split('\n')[0] ?? ''}`,
    advice: 'Without a GPU the engine computes on the processor.',
  };
}
