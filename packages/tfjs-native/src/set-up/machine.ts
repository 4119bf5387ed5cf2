import * as fs from 'node:fs';
import { dirname } from 'node:path';
import {
  engineRecipe,
  type EngineVariant,
  supportedGpuPlatforms,
  supportedPlatforms,
} from './engine-recipe.js';
import type { Finding } from './find-tools.js';

/** Free bytes on the disk that holds a folder, or will hold it once it is made. */
export function freeBytes(folder: string): number {
  for (let place = folder; ; place = dirname(place)) {
    try {
      const { bavail, bsize } = fs.statfsSync(place);
      return bavail * bsize;
    } catch (error) {
      if (place === dirname(place)) throw error;
    }
  }
}

function usesMusl(): boolean {
  if (process.platform !== 'linux') return false;
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime === undefined;
}

/** Whether TensorFlow publishes libraries for this platform. */
export function findPlatform({
  system = process.platform,
  architecture = process.arch,
  variant = 'cpu',
}: {
  readonly system?: string;
  readonly architecture?: string;
  readonly variant?: EngineVariant;
} = {}): Finding {
  const platform = `${system}-${architecture}`;
  if (variant === 'gpu' && !engineRecipe(system, architecture, 'gpu')) {
    return {
      name: 'platform',
      found: false,
      detail: `${platform} has no variant of the engine for GPUs; ${supportedGpuPlatforms.join(', ')} has.`,
      advice: 'Leave --variant gpu out, to compute on the processor.',
    };
  }
  const supported = `Supported are ${supportedPlatforms.join(', ')}. Elsewhere use the backends cpu or wasm of TensorFlow.js.`;
  if (!engineRecipe(system, architecture)) {
    return {
      name: 'platform',
      found: false,
      detail: `${platform} has no TensorFlow libraries to fetch.`,
      advice: supported,
    };
  }
  if (usesMusl()) {
    return {
      name: 'platform',
      found: false,
      detail: `${platform} with musl (as in Alpine): TensorFlow's libraries need glibc.`,
      advice: 'Use a system with glibc, for example Debian.',
    };
  }
  return { name: 'platform', found: true, detail: platform };
}

/** Whether the processor has the AVX instructions that TensorFlow's libraries for x64 are compiled with. */
export function findProcessor(cpuInfo: string | undefined = readCpuInfo()): Finding {
  const flags = /^flags\s*:(.*)$/m
    .exec(cpuInfo ?? '')?.[1]
    ?.trim()
    .split(' ');
  if (process.arch === 'x64' && flags && !flags.includes('avx')) {
    return {
      name: 'processor',
      found: false,
      detail: 'This processor (or virtual machine) has no AVX instructions, and TensorFlow needs them.',
      advice: 'Use another machine, or the backends cpu or wasm of TensorFlow.js.',
    };
  }
  const useful = ['avx', 'avx2', 'avx512f'].filter((flag) => flags?.includes(flag));
  return { name: 'processor', found: true, detail: [process.arch, ...useful].join(' ') };
}

function readCpuInfo(): string | undefined {
  try {
    return fs.readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return undefined;
  }
}
