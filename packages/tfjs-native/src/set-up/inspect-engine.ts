import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { defaultCacheFolder, engineFolder, enginesFolder } from './cache-folder.js';
import { checkAddon } from './check-addon.js';
import { chosenVariant } from './chosen-variant.js';
import { type AddonOrigin, engineState, engineStateBySha256 } from './engine-manifest.js';
import {
  engineRecipe,
  type EngineRecipe,
  type EngineVariant,
  tensorflowVersion,
  tfjsNodeVersion,
} from './engine-recipe.js';
import { findGpu, type GpuSearch } from './find-gpu.js';
import { type Finding, findCompiler, findPip, findPython } from './find-tools.js';
import { findPrebuiltAddon, type PrebuiltSearch } from './prebuilt-addon.js';
import { findPlatform, findProcessor, freeBytes } from './machine.js';
import type { SetUpInternals } from './set-up.js';
import { setUpCommand } from './set-up-command.js';
import { megabytes } from './set-up-progress.js';

/** What to inspect. */
export interface InspectOptions {
  /** As for `setUp`. */
  readonly cacheFolder?: string;
  /** As for `setUp`. */
  readonly variant?: EngineVariant;
  /** Whether to read every file and compare its sha256 (about 615 MB, with CUDA 3.5 GB), and to load the addon. Default true. */
  readonly thorough?: boolean;
}

/** What was found on this machine. */
export interface EngineReport {
  /** Whether the engine is set up and whole, so that it can be imported. */
  readonly ready: boolean;
  /** Whether everything is there that set-up needs (the network is not tried). */
  readonly canSetUp: boolean;
  /** Which engine was looked for. */
  readonly variant: EngineVariant;
  /** The engine's folder in the cache; `null` on unsupported platforms and without a cache folder. */
  readonly folder: string | null;
  readonly tensorflowVersion: string;
  readonly tfjsNodeVersion: string;
  /** What the engine needs to run: node, platform, processor, engine. */
  readonly engine: readonly Finding[];
  /** What only set-up needs: cache folder, python3, pip, addon, compiler, wheels, disk space. */
  readonly setUp: readonly Finding[];
  /** What computing on a GPU needs besides: driver, libcuda, devices. Empty where there is no such variant. */
  readonly gpu: readonly Finding[];
  /** What to do next, in one sentence. */
  readonly advice: string;
}

function nearestFolder(folder: string): string {
  for (let place = folder; ; place = dirname(place)) {
    if (existsSync(place) || place === dirname(place)) return place;
  }
}

function findCacheFolder(
  options: InspectOptions,
  environment: NodeJS.ProcessEnv,
): Finding & { path?: string } {
  const name = 'cache folder';
  try {
    const path = options.cacheFolder ?? defaultCacheFolder(environment);
    try {
      accessSync(nearestFolder(path), constants.W_OK);
      return { name, found: true, detail: path, path };
    } catch {
      const detail = `${path} cannot be written.`;
      const advice = 'Set HYPERSPHERICAL_CACHE to a folder you may write to.';
      return { name, found: false, detail, advice, path };
    }
  } catch (error) {
    return { name, found: false, detail: (error as Error).message };
  }
}

async function findEngine(
  folder: string,
  {
    thorough,
    variant,
    environment,
  }: { thorough: boolean; variant: EngineVariant; environment: NodeJS.ProcessEnv },
): Promise<Finding> {
  const name = 'engine';
  const advice = `Type: ${commandFor(variant)}`;
  const found = thorough ? await engineStateBySha256(folder) : engineState(folder);
  if (found.state === 'absent') return { name, found: false, detail: `Nothing is in ${folder} yet.`, advice };
  if (found.state === 'damaged') {
    return { name, found: false, detail: `${folder} is damaged: ${found.reason}.`, advice };
  }
  const origin = describeOrigin(found.manifest.addon);
  if (thorough) {
    const loaded = await checkAddon(folder, { environment });
    if (!loaded.loads) {
      return {
        name,
        found: false,
        detail: `${folder} does not load: ${loaded.reason}.`,
        advice: `Type: ${commandFor(variant)} --force`,
      };
    }
    if (variant === 'gpu') {
      const device = loaded.usesGpu ? 'on a GPU' : 'on the processor, for it finds no GPU';
      return { name, found: true, detail: `${folder}; ${origin}; it computes ${device}` };
    }
  }
  return { name, found: true, detail: `${folder}; ${origin}` };
}

function describeOrigin(addon: AddonOrigin | undefined): string {
  return addon?.origin === 'prebuilt'
    ? `its addon is the prebuilt one of ${addon.source}`
    : 'its addon was compiled on this machine';
}

/** Where set-up would take the addon from, and the compiler where it would need one. */
async function findAddon(prebuilt: PrebuiltSearch, environment: NodeJS.ProcessEnv): Promise<Finding[]> {
  const name = 'addon';
  if (prebuilt.found) {
    return [{ name, found: true, detail: `prebuilt by ${prebuilt.addon.source}: no compiler is needed` }];
  }
  const { finding } = await findCompiler({ environment });
  return [{ name, found: true, detail: `to be compiled here: ${prebuilt.reason}` }, finding];
}

function findWheels({ wheels }: EngineRecipe): Finding[] {
  return wheels.map(({ requirement, tag, bytes, sha256 }) => ({
    name: 'wheel to fetch',
    found: true,
    detail: `${requirement} ${tag}, ${megabytes(bytes)}, sha256 ${sha256}`,
  }));
}

function commandFor(variant: EngineVariant): string {
  return variant === 'gpu' ? `${setUpCommand} --variant gpu` : setUpCommand;
}

function findSpace(recipe: EngineRecipe, free: number): Finding {
  const name = 'disk space';
  const detail = `${megabytes(free)} free, set-up needs ${megabytes(recipe.neededBytes)}`;
  return free >= recipe.neededBytes
    ? { name, found: true, detail }
    : {
        name,
        found: false,
        detail: `${detail}.`,
        advice: 'Free some, or set HYPERSPHERICAL_CACHE to a folder on a larger disk.',
      };
}

/** `inspectEngine` with its surroundings as arguments. */
export async function inspectEngineIn(
  options: InspectOptions,
  internals: Omit<SetUpInternals, 'checkAddon'> & Pick<GpuSearch, 'root'>,
): Promise<EngineReport> {
  const { environment = process.env, root } = internals;
  const thorough = options.thorough ?? true;
  const { path, ...cache } = findCacheFolder(options, environment);
  const { variant = path === undefined ? 'cpu' : chosenVariant(path, environment) } = options;
  const recipe = internals.recipe ?? engineRecipe(process.platform, process.arch, variant);
  const machine = [
    { name: 'node', found: true, detail: process.version },
    findPlatform({ variant }),
    findProcessor(),
  ];
  const folder = recipe && path !== undefined ? engineFolder(path, recipe) : undefined;
  const engine = folder === undefined ? [] : [await findEngine(folder, { thorough, variant, environment })];
  const hasGpuVariant = engineRecipe(process.platform, process.arch, 'gpu') !== undefined;
  const gpu = hasGpuVariant ? await findGpu({ environment, ...(root !== undefined && { root }) }) : [];

  const python = await findPython({ environment });
  const pip = python.found ? [await findPip({ environment })] : [];
  const setUp = [cache, python, ...pip];
  if (recipe) {
    const { prebuilt = findPrebuiltAddon(recipe) } = internals;
    setUp.push(...(await findAddon(prebuilt, environment)), ...findWheels(recipe));
  }
  if (recipe && path !== undefined) {
    setUp.push(findSpace(recipe, (internals.freeBytes ?? freeBytes)(enginesFolder(path))));
  }

  const canSetUp = [...machine, ...setUp].every(({ found }) => found);
  const ready = engine.length > 0 && [...machine, ...engine].every(({ found }) => found);
  return {
    ready,
    canSetUp,
    variant,
    folder: folder ?? null,
    tensorflowVersion,
    tfjsNodeVersion,
    engine: [...machine, ...engine],
    setUp,
    gpu,
    advice: ready
      ? 'The engine is ready.'
      : canSetUp
        ? `The engine can be set up. Type: ${commandFor(variant)}`
        : `Something that set-up needs is missing: see above, then type: ${commandFor(variant)}`,
  };
}

/**
 * Looks at what the engine and its set-up need on this machine. Changes nothing, asks no network and loads nothing
 * into this process.
 *
 * @example
 * const { ready, advice } = await inspectEngine({ thorough: false });
 * if (!ready) console.error(advice);
 */
export async function inspectEngine(options: InspectOptions = {}): Promise<EngineReport> {
  return inspectEngineIn(options, {});
}
