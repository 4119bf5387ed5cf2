import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineFolder } from '../set-up/cache-folder.js';
import { stateBeforeLoading } from '../set-up/state-before-loading.js';
import { engineRecipe } from '../set-up/engine-recipe.js';

let cacheFolder = '';

beforeEach(() => {
  cacheFolder = mkdtempSync(join(tmpdir(), 'tfjs-native-load-'));
});

afterEach(() => {
  rmSync(cacheFolder, { recursive: true, force: true });
});

/** Imports the engine in a process of its own, and prints the error or what `expression` is. */
function importEngine(expression: string, environment: NodeJS.ProcessEnv): string {
  const index = new URL('../index.ts', import.meta.url).href;
  const program = `
    try {
      await import(${JSON.stringify(index)});
      console.log(${expression});
    } catch (error) {
      console.log(error.message);
    }`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', program],
    { encoding: 'utf8', env: { ...process.env, ...environment } },
  );
  return `${stdout}${stderr}`.trim();
}

describe('the import of an engine', () => {
  it('that is not set up says what to type, and fetches nothing', () => {
    const message = importEngine('"imported"', { HYPERSPHERICAL_CACHE: cacheFolder });
    expect(message).toMatch(/^The native TensorFlow engine is not set up \(looked in .*\)\. Type: .*setup$/);
    expect(message).toContain(cacheFolder);
    expect(readdirSync(cacheFolder)).toEqual([]);
  });

  it('for GPUs says what to type where it is not set up, and refuses a variant that there is not', () => {
    const message = importEngine('"imported"', {
      HYPERSPHERICAL_CACHE: cacheFolder,
      HYPERSPHERICAL_VARIANT: 'gpu',
    });
    if (engineRecipe(process.platform, process.arch, 'gpu')) {
      expect(message).toMatch(/^The native TensorFlow engine is not set up .*setup --variant gpu$/);
    } else {
      expect(message).toMatch(/has no variant of the engine for GPUs; linux-x64 has\./);
    }
    const wrong = importEngine('"imported"', {
      HYPERSPHERICAL_CACHE: cacheFolder,
      HYPERSPHERICAL_VARIANT: 'tpu',
    });
    expect(wrong).toBe('HYPERSPHERICAL_VARIANT is "tpu"; it can be cpu or gpu.');
  });

  it('that is damaged says so', () => {
    const folder = engineFolder(cacheFolder, engineRecipe()!);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'manifest.json'), '{"files":[{"path":"lib/x.so","bytes":3,"sha256":""}]}');
    expect(importEngine('"imported"', { HYPERSPHERICAL_CACHE: cacheFolder })).toBe(
      `The native TensorFlow engine in ${folder} is damaged: lib/x.so is missing. Type: pnpm --filter @hyperspherical/tfjs-native run setup`,
    );
  });

  it('whose library was changed is an error with what to type, not the end of the process', () => {
    const folder = engineFolder(cacheFolder, engineRecipe()!);
    mkdirSync(join(folder, 'addon'), { recursive: true });
    const manifest = join(folder, 'manifest.json');
    const addon = join(folder, 'addon/tfjs_binding.node');
    const sha256 = createHash('sha256').update('abc').digest('hex');
    writeFileSync(
      manifest,
      JSON.stringify({ files: [{ path: 'addon/tfjs_binding.node', bytes: 3, sha256 }] }),
    );
    const past = Date.now() / 1000 - 100;
    utimesSync(manifest, past, past);
    writeFileSync(addon, 'abd');
    expect(importEngine('"imported"', { HYPERSPHERICAL_CACHE: cacheFolder })).toMatch(
      /is damaged: addon\/tfjs_binding\.node has sha256 [0-9a-f]{64} instead of [0-9a-f]{64}\. Type: pnpm .* run setup$/,
    );

    // Only copied: it is right, and is not read again.
    writeFileSync(addon, 'abc');
    expect(stateBeforeLoading(folder).state).toBe('ready');
    expect(statSync(manifest).mtimeMs).toBeGreaterThanOrEqual(statSync(addon).mtimeMs);
  });

  it('that does not load says to see the doctor', () => {
    const folder = engineFolder(cacheFolder, engineRecipe()!);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'manifest.json'), '{"files":[]}');
    expect(importEngine('"imported"', { HYPERSPHERICAL_CACHE: cacheFolder })).toMatch(
      /^The native TensorFlow engine in .* does not load: .* Type: pnpm .* run doctor$/s,
    );
  });

  it('hides the remarks of TensorFlow, unless TF_CPP_MIN_LOG_LEVEL was set before', () => {
    const level = 'process.env.TF_CPP_MIN_LOG_LEVEL';
    expect(importEngine(level, { TF_CPP_MIN_LOG_LEVEL: undefined })).toBe('1');
    expect(importEngine(level, { TF_CPP_MIN_LOG_LEVEL: '3' })).toBe('3');
  });
});
