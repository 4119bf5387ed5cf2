import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeCheck, type FakeTools, makeFakeTools } from '../testing/fake-tools.js';
import { type EngineReport, inspectEngine, inspectEngineIn } from './inspect-engine.js';
import { setUpIn } from './set-up.js';

let folder = '';
let tools: FakeTools;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tfjs-native-inspect-'));
  tools = makeFakeTools(folder);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function inspect(free = 2e9): Promise<EngineReport> {
  const { cacheFolder, recipe, environment } = tools;
  return inspectEngineIn({ cacheFolder }, { recipe, environment, freeBytes: () => free });
}

async function makeEngine(): Promise<string> {
  const { cacheFolder, recipe, environment } = tools;
  const checkAddon = () => Promise.resolve(fakeCheck);
  return (await setUpIn({ cacheFolder }, { recipe, environment, checkAddon })).folder;
}

function detailOf(report: EngineReport, wanted: string): string {
  const {
    found,
    detail,
    advice = '',
  } = [...report.engine, ...report.setUp].find(({ name }) => name === wanted)!;
  return `${found ? 'found' : 'missing'}: ${detail} ${advice}`.trim();
}

describe('inspectEngine', () => {
  it('names what is there and says that the engine can be set up', async () => {
    const report = await inspect();
    expect(report).toMatchObject({ ready: false, canSetUp: true });
    expect(report.advice).toMatch(/^The engine can be set up\. Type: .*setup$/);
    expect(report.engine.map(({ name }) => name)).toEqual(['node', 'platform', 'processor', 'engine']);
    expect(detailOf(report, 'engine')).toMatch(/^missing: Nothing is in .* yet\. Type: /);
    expect(detailOf(report, 'python3')).toBe('found: 3.11.2');
    expect(detailOf(report, 'pip')).toBe('found: 23.0.1');
    expect(detailOf(report, 'compiler')).toBe('found: c++: fake c++ 1.0');
    expect(detailOf(report, 'cache folder')).toBe(`found: ${tools.cacheFolder}`);
    expect(detailOf(report, 'disk space')).toBe('found: 2000 MB free, set-up needs 0 MB');
    expect(detailOf(report, 'wheel to fetch')).toBe(
      `found: tensorflow-cpu==2.15.1 manylinux_2_17_x86_64, 0 MB, sha256 ${tools.recipe.wheels[0]!.sha256}`,
    );
  });

  it('names what is missing, and what to type', async () => {
    tools.remove('python3');
    tools.remove('c++');
    tools = { ...tools, cacheFolder: join(folder, 'file', 'cache') };
    writeFileSync(join(folder, 'file'), '');
    const report = await inspect(10);
    expect(report).toMatchObject({ ready: false, canSetUp: false });
    expect(report.advice).toMatch(/^Something that set-up needs is missing/);
    expect(detailOf(report, 'python3')).toMatch(/^missing: python3 is not on the PATH\. Install it/);
    expect(detailOf(report, 'compiler')).toMatch(/^missing: No C\+\+ compiler .* Install one/);
    expect(detailOf(report, 'disk space')).toMatch(/^missing: 0 MB free, set-up needs 0 MB\. Free some/);
    expect(report.setUp.map(({ name }) => name)).not.toContain('pip');
  });

  it('says that an engine is damaged when a file has other bytes of the same number', async () => {
    const made = await makeEngine();
    const library = join(made, 'lib/libtensorflow_framework.so.2');
    writeFileSync(library, readFileSync(library, 'utf8').replace('this', 'that'));
    expect(detailOf(await inspect(), 'engine')).toMatch(
      /^missing: .* is damaged: lib\/libtensorflow_framework\.so\.2 has sha256 [0-9a-f]{64} instead of [0-9a-f]{64}\. Type: /,
    );
    appendFileSync(library, 'more');
    expect(detailOf(await inspect(), 'engine')).toMatch(/has 51 bytes instead of 47/);
  });

  it('says that an engine does not load', async () => {
    await makeEngine();
    expect(detailOf(await inspect(), 'engine')).toMatch(
      /^missing: .* does not load: .*Type: .* setup --force$/s,
    );
  });

  it('of the variant for GPUs names its wheels, and what it sees of a GPU', async () => {
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    tools = makeFakeTools(folder, { variant: 'gpu' });
    const { cacheFolder, recipe, environment } = tools;
    const report = await inspectEngineIn(
      { cacheFolder, variant: 'gpu' },
      { recipe, environment, freeBytes: () => 2e9, root: folder },
    );
    expect(report.variant).toBe('gpu');
    expect(report.setUp.filter(({ name }) => name === 'wheel to fetch')).toHaveLength(recipe.wheels.length);
    expect(report.gpu.map(({ name, found }) => [name, found])).toEqual([
      ['driver', false],
      ['libcuda', false],
      ['devices', false],
    ]);
    expect(report.advice).toMatch(/setup --variant gpu$/);
    await makeEngine();
    const made = await inspectEngineIn(
      { cacheFolder, variant: 'gpu', thorough: false },
      { recipe, environment, freeBytes: () => 2e9, root: folder },
    );
    // Computing on the processor is no fault.
    expect(made.ready).toBe(true);
  });

  it('finds the real engine of these tests ready, every byte of it', async () => {
    expect(await inspectEngine()).toMatchObject({ ready: true, advice: 'The engine is ready.' });
  });
});
