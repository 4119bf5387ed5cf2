import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultCacheFolder, engineFolder } from './cache-folder.js';
import { engineRecipe } from './engine-recipe.js';

describe('defaultCacheFolder', () => {
  it('is HYPERSPHERICAL_CACHE, else a folder in XDG_CACHE_HOME, else in ~/.cache', () => {
    const all = { HYPERSPHERICAL_CACHE: '/own', XDG_CACHE_HOME: '/shared', HOME: '/home/me' };
    expect(defaultCacheFolder(all)).toBe('/own');
    expect(defaultCacheFolder({ ...all, HYPERSPHERICAL_CACHE: '' })).toBe('/shared/hyperspherical');
    expect(defaultCacheFolder({ HOME: '/home/me' })).toBe('/home/me/.cache/hyperspherical');
  });

  it('takes a relative HYPERSPHERICAL_CACHE from the working folder and ignores a relative XDG_CACHE_HOME', () => {
    expect(defaultCacheFolder({ HYPERSPHERICAL_CACHE: 'here' })).toBe(resolve('here'));
    expect(defaultCacheFolder({ XDG_CACHE_HOME: 'here', HOME: '/home/me' })).toBe(
      '/home/me/.cache/hyperspherical',
    );
  });

  it("asks the system for the user's home when HOME is empty or unset", () => {
    expect(defaultCacheFolder({ HOME: '' })).toBe(defaultCacheFolder({}));
    expect(defaultCacheFolder({})).toMatch(/^\/.+\/\.cache\/hyperspherical$/);
  });
});

describe('engineFolder', () => {
  it('tells versions, platform and ABI', () => {
    expect(engineFolder('/cache', engineRecipe('linux', 'x64')!)).toBe(
      join('/cache', 'tfjs-native', 'tensorflow-2.15.1-tfjs-node-4.22.0-linux-x64-napi8.5'),
    );
  });
});
