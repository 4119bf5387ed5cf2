import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineFolder } from './cache-folder.js';
import { chosenVariant } from './chosen-variant.js';
import { engineRecipe } from './engine-recipe.js';

let cacheFolder = '';

beforeEach(() => {
  cacheFolder = mkdtempSync(join(tmpdir(), 'tfjs-native-variant-'));
});

afterEach(() => {
  rmSync(cacheFolder, { recursive: true, force: true });
});

describe('chosenVariant', () => {
  it('is cpu where nothing else was set up', () => {
    expect(chosenVariant(cacheFolder, {})).toBe('cpu');
  });

  const recipe = engineRecipe(process.platform, process.arch, 'gpu');
  it.runIf(recipe)('is gpu where that was set up, unless HYPERSPHERICAL_VARIANT says otherwise', () => {
    mkdirSync(engineFolder(cacheFolder, recipe!), { recursive: true });
    expect(chosenVariant(cacheFolder, {})).toBe('gpu');
    expect(chosenVariant(cacheFolder, { HYPERSPHERICAL_VARIANT: 'cpu' })).toBe('cpu');
    expect(chosenVariant(cacheFolder, { HYPERSPHERICAL_VARIANT: '' })).toBe('gpu');
  });

  it('is what HYPERSPHERICAL_VARIANT says, cpu or gpu', () => {
    expect(chosenVariant(cacheFolder, { HYPERSPHERICAL_VARIANT: 'gpu' })).toBe('gpu');
    expect(() => chosenVariant(cacheFolder, { HYPERSPHERICAL_VARIANT: 'tpu' })).toThrow(
      'HYPERSPHERICAL_VARIANT is "tpu"; it can be cpu or gpu.',
    );
  });
});
