import { describe, expect, it } from 'vitest';
import { engineRecipe, supportedPlatforms } from './engine-recipe.js';
import { findPlatform, findProcessor, freeBytes } from './machine.js';

describe('findPlatform', () => {
  it('says which platforms there are when this one is not among them', () => {
    expect(findPlatform('win32', 'x64')).toEqual({
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
    expect(new Set(recipes.map(({ wheelSha256 }) => wheelSha256)).size).toBe(4);
    expect(recipes.map(({ key }) => key)).toEqual(
      supportedPlatforms.map((name) => `tensorflow-2.15.1-tfjs-node-4.22.0-${name}-napi8.3`),
    );
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
