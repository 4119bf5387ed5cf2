import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeCheck, type FakeTools, makeFakeTools } from '../testing/fake-tools.js';
import type { checkAddon } from './check-addon.js';
import { addonFile, engineState } from './engine-manifest.js';
import { engineRecipe } from './engine-recipe.js';
import { inspectEngineIn } from './inspect-engine.js';
import { findPrebuiltAddon, type PrebuiltSearch } from './prebuilt-addon.js';
import { setUpIn, type SetUpResult } from './set-up.js';

let folder = '';
let tools: FakeTools;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tfjs-native-prebuilt-'));
  tools = makeFakeTools(folder);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const text = 'an addon from elsewhere';

/** Finds a package with an addon as npm would have installed it, changed a little where a test asks for that. */
function search(changes: object = {}, found = tools.recipe): PrebuiltSearch {
  const place = join(folder, 'package');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'tfjs_binding.node'), text);
  const tfjsNative = {
    addonKey: tools.recipe.addonKey,
    sha256: createHash('sha256').update(text).digest('hex'),
    compiler: 'c++ of the release',
    ...changes,
  };
  writeFileSync(join(place, 'package.json'), JSON.stringify({ version: '0.1.0', tfjsNative }));
  return findPrebuiltAddon(found, (specifier) => {
    expect(specifier).toBe('@hyperspherical/tfjs-native-linux-x64/package.json');
    return join(place, 'package.json');
  });
}

function run(prebuilt: PrebuiltSearch, check: typeof checkAddon): Promise<SetUpResult> {
  const { cacheFolder, recipe, environment } = tools;
  return setUpIn({ cacheFolder }, { recipe, environment, prebuilt, checkAddon: check });
}

const loads = () => Promise.resolve(fakeCheck);
const loadsOnlyWhatIsCompiledHere: typeof checkAddon = (made) =>
  Promise.resolve(
    readFileSync(join(made, addonFile), 'utf8') === text
      ? { loads: false, reason: "version `GLIBC_2.99' not found" }
      : fakeCheck,
  );

describe('findPrebuiltAddon', () => {
  it("finds the addon of this platform's package", () => {
    expect(search()).toMatchObject({
      found: true,
      addon: { source: '@hyperspherical/tfjs-native-linux-x64@0.1.0', compiler: 'c++ of the release' },
    });
  });

  it('takes the same addon for the variant with CUDA', () => {
    const gpu = engineRecipe('linux', 'x64', 'gpu')!;
    expect(search({}, { ...tools.recipe, addonKey: gpu.addonKey })).toMatchObject({ found: true });
  });

  it('finds none where the package is not installed', () => {
    expect(findPrebuiltAddon(tools.recipe)).toEqual({
      found: false,
      reason: '@hyperspherical/tfjs-native-linux-x64 is not installed',
    });
  });

  it('refuses an addon that was made for something else', () => {
    const other = 'tensorflow-2.15.1-tfjs-node-4.22.0-linux-x64-napi8.1';
    expect(search({ addonKey: other })).toEqual({
      found: false,
      reason: `@hyperspherical/tfjs-native-linux-x64@0.1.0 is for ${other}, and this version needs ${tools.recipe.addonKey}`,
    });
  });
});

describe('setUp with a prebuilt addon', () => {
  it('needs no compiler', async () => {
    tools.remove('c++');
    const result = await run(search(), loads);
    expect(result.addon).toBe('prebuilt');
    expect(readFileSync(join(result.folder, addonFile), 'utf8')).toBe(text);
    expect(engineState(result.folder)).toMatchObject({
      state: 'ready',
      manifest: { addon: { origin: 'prebuilt', source: '@hyperspherical/tfjs-native-linux-x64@0.1.0' } },
    });
    expect(await run(search(), loads)).toMatchObject({ alreadyThere: true, addon: 'prebuilt' });
  });

  it('compiles where the prebuilt addon does not load', async () => {
    const { addon, folder: made } = await run(search(), loadsOnlyWhatIsCompiledHere);
    expect(addon).toBe('compiled');
    expect(readFileSync(join(made, addonFile), 'utf8')).toBe('an addon\n');
  });

  it('says so where it does not load and there is no compiler', async () => {
    tools.remove('c++');
    const message = (
      (await run(search(), loadsOnlyWhatIsCompiledHere).catch((error: unknown) => error)) as Error
    ).message;
    expect(message.split('\n')).toEqual([
      "The prebuilt addon of @hyperspherical/tfjs-native-linux-x64@0.1.0 does not load: version `GLIBC_2.99' not found",
      expect.stringMatching(
        /^So it has to be compiled here\. No C\+\+ compiler is on the PATH .* Install one/,
      ),
    ]);
  });

  it('compiles where the prebuilt addon is damaged or gone', async () => {
    expect((await run(search({ sha256: 'ab'.repeat(32) }), loads)).addon).toBe('compiled');
    rmSync(tools.cacheFolder, { recursive: true });
    const prebuilt = search();
    rmSync(join(folder, 'package', 'tfjs_binding.node'));
    expect((await run(prebuilt, loads)).addon).toBe('compiled');
  });

  it('is what doctor says, before and after', async () => {
    tools.remove('c++');
    const inspect = async (prebuilt: PrebuiltSearch): Promise<readonly string[]> => {
      const { cacheFolder, recipe, environment } = tools;
      const internals = { recipe, environment, prebuilt, freeBytes: () => 2e9 };
      const report = await inspectEngineIn({ cacheFolder, thorough: false }, internals);
      return [...report.engine, ...report.setUp]
        .filter(({ name }) => ['engine', 'addon', 'compiler'].includes(name))
        .map(({ name, detail }) => `${name}: ${detail}`);
    };
    expect((await inspect(search())).slice(1)).toEqual([
      'addon: prebuilt by @hyperspherical/tfjs-native-linux-x64@0.1.0: no compiler is needed',
    ]);
    expect((await inspect(findPrebuiltAddon(tools.recipe))).slice(1)).toEqual([
      'addon: to be compiled here: @hyperspherical/tfjs-native-linux-x64 is not installed',
      expect.stringMatching(/^compiler: No C\+\+ compiler/),
    ]);
    const { folder: made } = await run(search(), loads);
    expect((await inspect(search()))[0]).toBe(
      `engine: ${made}; its addon is the prebuilt one of @hyperspherical/tfjs-native-linux-x64@0.1.0`,
    );
  });
});
