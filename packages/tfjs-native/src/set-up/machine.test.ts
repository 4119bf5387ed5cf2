import { describe, expect, it } from 'vitest';
import { engineRecipe, supportedPlatforms } from './engine-recipe.js';
import { findPlatform, findProcessor, freeBytes } from './machine.js';

describe('findPlatform', () => {
  it('says which platforms there are when this one is not among them', () => {
    expect(findPlatform({ system: 'win32', architecture: 'x64' })).toEqual({
      name: 'platform',
      found: false,
      detail: 'win32-x64 has no TensorFlow libraries to fetch.',
      advice:
        'Supported are linux-x64, linux-arm64, darwin-arm64, darwin-x64. Elsewhere use the backends cpu or wasm of TensorFlow.js.',
    });
  });

  it('has a recipe with its own wheel for each supported platform', () => {
    const recipes = supportedPlatforms.map((name) => {
      const [platform = '', architecture = ''] = name.split('-');
      return engineRecipe(platform, architecture)!;
    });
    expect(new Set(recipes.map(({ wheels }) => wheels[0]!.sha256)).size).toBe(4);
    expect(recipes.map(({ key }) => key)).toEqual(
      supportedPlatforms.map((name) => `tensorflow-2.15.1-tfjs-node-4.22.0-${name}-napi8.5`),
    );
  });
});

describe('the variant for GPUs', () => {
  it('is there on Linux x64 only', () => {
    expect(findPlatform({ system: 'linux', architecture: 'x64', variant: 'gpu' }).found).toBe(true);
    expect(findPlatform({ system: 'darwin', architecture: 'arm64', variant: 'gpu' })).toEqual({
      name: 'platform',
      found: false,
      detail: 'darwin-arm64 has no variant of the engine for GPUs; linux-x64 has.',
      advice: 'Leave --variant gpu out, to compute on the processor.',
    });
  });

  it('is the same TensorFlow, from another wheel, with wheels of CUDA that are all pinned', () => {
    const cpu = engineRecipe('linux', 'x64')!;
    const gpu = engineRecipe('linux', 'x64', 'gpu')!;
    expect(gpu.key).not.toBe(cpu.key);
    expect(gpu.libraries).toEqual(cpu.libraries);
    expect(gpu.wheels[0]!.requirement).toBe('tensorflow==2.15.1');
    expect(cpu.wheels).toHaveLength(1);
    for (const { requirement, sha256, bytes } of gpu.wheels.slice(1)) {
      expect(requirement).toMatch(/^nvidia-[a-z-]+-cu12==[\d.]+$/);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(bytes).toBeGreaterThan(5e5);
    }
    expect(new Set(gpu.wheels.map(({ sha256 }) => sha256)).size).toBe(gpu.wheels.length);
    const total = gpu.wheels.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(gpu.neededBytes).toBeGreaterThan(total + gpu.keptBytes);
  });
});

describe('findProcessor', () => {
  it.runIf(process.arch === 'x64')('refuses an x64 processor without AVX', () => {
    expect(findProcessor('model name\t: Old\nflags\t\t: fpu sse2\n')).toMatchObject({
      found: false,
      detail: 'This processor (or virtual machine) has no AVX instructions, and TensorFlow needs them.',
    });
    expect(findProcessor('flags\t\t: fpu sse2 avx avx2\n')).toMatchObject({
      found: true,
      detail: 'x64 avx avx2',
    });
  });

  it('assumes the best where the system does not tell', () => {
    expect(findProcessor('')).toMatchObject({ found: true });
  });
});

describe('freeBytes', () => {
  it('asks the nearest folder that exists', () => {
    expect(freeBytes('/no/such/folder')).toBeGreaterThan(0);
    expect(freeBytes('/no/such/folder')).toBeLessThan(1e18);
  });
});
