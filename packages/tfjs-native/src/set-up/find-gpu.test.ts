import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFakeTools } from '../testing/fake-tools.js';
import { findGpu } from './find-gpu.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tfjs-native-gpu-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function put(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

describe('findGpu', () => {
  it('tells the driver, its library and the GPUs', async () => {
    const tools = makeFakeTools(folder);
    put(
      'proc/driver/nvidia/version',
      'NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.129.03\nGCC version: 12\n',
    );
    put('usr/lib64/libcuda.so.1', '');
    tools.replace(
      'nvidia-smi',
      'echo "NVIDIA A10, 23028 MiB, 535.129.03"; echo "NVIDIA A10, 23028 MiB, 535.129.03"',
    );
    expect(await findGpu({ root: folder, environment: tools.environment })).toEqual([
      { name: 'driver', found: true, detail: 'NVIDIA UNIX x86_64 Kernel Module  535.129.03' },
      { name: 'libcuda', found: true, detail: join(folder, 'usr/lib64/libcuda.so.1') },
      {
        name: 'devices',
        found: true,
        detail: 'NVIDIA A10, 23028 MiB, 535.129.03; NVIDIA A10, 23028 MiB, 535.129.03',
      },
    ]);
  });

  it('looks for the library in LD_LIBRARY_PATH first', async () => {
    put('own/libcuda.so.1', '');
    const [, library] = await findGpu({
      root: folder,
      environment: { PATH: folder, LD_LIBRARY_PATH: `/nowhere::${join(folder, 'own')}` },
    });
    expect(library).toMatchObject({ found: true, detail: join(folder, 'own/libcuda.so.1') });
  });

  it('says what is missing, and what to do', async () => {
    const [driver, library, devices] = await findGpu({ root: folder, environment: { PATH: folder } });
    expect(driver).toMatchObject({
      found: false,
      detail: "The kernel has no NVIDIA driver (/proc/driver/nvidia/version isn't there).",
    });
    expect(driver!.advice).toContain('--gpus all');
    expect(library).toMatchObject({
      found: false,
      detail: 'libcuda.so.1 is in no usual folder of libraries.',
    });
    expect(devices).toEqual({
      name: 'devices',
      found: false,
      detail: 'nvidia-smi is not on the PATH.',
      advice: 'Without a GPU the engine computes on the processor.',
    });
  });

  it("gives nvidia-smi's own words when it fails", async () => {
    const tools = makeFakeTools(folder);
    tools.replace('nvidia-smi', `echo "NVIDIA-SMI has failed because it couldn't reach the driver"; exit 9`);
    const [, , devices] = await findGpu({ root: folder, environment: tools.environment });
    expect(devices).toMatchObject({
      found: false,
      detail: "nvidia-smi finds none: NVIDIA-SMI has failed because it couldn't reach the driver",
    });
  });
});
