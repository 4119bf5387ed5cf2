import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultCacheFolder, engineFolder, enginesFolder } from './cache-folder.js';
import { checkAddon } from './check-addon.js';
import { chosenVariant } from './chosen-variant.js';
import { downloadWheels } from './download-wheels.js';
import {
  addonFile,
  type AddonOrigin,
  describeFiles,
  engineStateBySha256,
  writeManifest,
} from './engine-manifest.js';
import { engineRecipe, type EngineRecipe, type EngineVariant, tensorflowVersion } from './engine-recipe.js';
import { type Finding, findCompiler, findPip, findPython } from './find-tools.js';
import { findPlatform, findProcessor, freeBytes } from './machine.js';
import { findPrebuiltAddon, type PrebuiltSearch } from './prebuilt-addon.js';
import { provideAddon } from './provide-addon.js';
import { publishEngine } from './publish-engine.js';
import type { RunOptions } from './run-command.js';
import { megabytes, type SetUpContext, type SetUpProgress } from './set-up-progress.js';
import { makeTemporaryFolder, removeStaleFolders } from './temporary-folder.js';
import { unpackWheels } from './unpack-wheels.js';
import type { WheelMember } from './wheel-recipe.js';

/** How to set the engine up. */
export interface SetUpOptions {
  /**
   * The folder that the caches of all our packages share. Default: `HYPERSPHERICAL_CACHE`, else
   * `$XDG_CACHE_HOME/hyperspherical`, else `~/.cache/hyperspherical`. The import of the engine looks there only, so
   * set `HYPERSPHERICAL_CACHE` as well when you choose another.
   */
  readonly cacheFolder?: string;
  /**
   * `gpu` on Linux x64: TensorFlow with CUDA's libraries (2.1 GB to fetch, 3.5 GB to keep), for NVIDIA's GPUs. Default:
   * `HYPERSPHERICAL_VARIANT`, else the one that was set up, else `cpu`.
   */
  readonly variant?: EngineVariant;
  /** Makes the engine again even when a whole one is there, such as one that no longer loads. Default false. */
  readonly force?: boolean;
  /** Told at the start of each step, and at most twice a second while downloading; never when there is nothing to do. */
  readonly onProgress?: (progress: SetUpProgress) => void;
  /** Ends the set-up; what was made so far is removed. */
  readonly signal?: AbortSignal;
}

/** Where the engine is, and what was done. */
export interface SetUpResult {
  /** The engine's folder in the cache. */
  readonly folder: string;
  /** Whether the engine was there before, so that nothing was done. */
  readonly alreadyThere: boolean;
  /** Whether its addon came with an optional package of npm, or was compiled on this machine. */
  readonly addon: AddonOrigin['origin'];
  /** Seconds that it took. */
  readonly seconds: number;
}

/** What tests replace: the real set-up uses the defaults. */
export interface SetUpInternals {
  readonly recipe?: EngineRecipe;
  readonly environment?: NodeJS.ProcessEnv;
  readonly freeBytes?: (folder: string) => number;
  readonly checkAddon?: typeof checkAddon;
  readonly prebuilt?: PrebuiltSearch;
}

/** One error that names everything that is missing and what to type. */
function missingError(missing: readonly Finding[]): Error {
  return new Error(missing.map(({ detail, advice }) => [detail, advice].join(' ').trim()).join('\n'));
}

function requireAll(findings: readonly Finding[]): void {
  const missing = findings.filter(({ found }) => !found);
  if (missing.length > 0) throw missingError(missing);
}

async function requireTools(prebuilt: PrebuiltSearch, options: RunOptions): Promise<void> {
  const python = await findPython(options);
  const pip = python.found ? [await findPip(options)] : [];
  const compiler = prebuilt.found ? [] : [(await findCompiler(options)).finding];
  requireAll([python, ...pip, ...compiler]);
}

function requireSpace(recipe: EngineRecipe, free: number, cacheFolder: string): void {
  if (free >= recipe.neededBytes) return;
  throw new Error(
    `The disk of ${cacheFolder} has ${megabytes(free)} free, and set-up needs ${megabytes(recipe.neededBytes)} (about ` +
      `${megabytes(recipe.keptBytes)} stay): free some, or set HYPERSPHERICAL_CACHE to a folder on a larger disk.`,
  );
}

async function makeEngine(
  recipe: EngineRecipe,
  prebuilt: PrebuiltSearch,
  context: SetUpContext,
  check: typeof checkAddon,
): Promise<AddonOrigin> {
  const { making } = context;
  await unpackWheels(recipe, await downloadWheels(recipe, context), context);
  await rm(join(making, 'download'), { recursive: true });
  const addon = await provideAddon(recipe, prebuilt, context, check);
  await rm(join(making, 'include'), { recursive: true });
  await writeManifest(making, {
    key: recipe.key,
    tensorflowVersion,
    wheels: recipe.wheels.map(({ requirement, sha256 }) => ({ requirement, sha256 })),
    addon,
    files: await describeFiles(
      making,
      [...recipe.wheels.flatMap(({ members }) => keptFiles(members)), addonFile],
      context.signal,
    ),
  });
  return addon;
}

/** All but the headers, which only the compiler needs. */
function keptFiles(members: readonly WheelMember[]): string[] {
  return members.map(({ file }) => file).filter((file) => !file.startsWith('include/'));
}

/** Says what to do about a cache folder that refuses to be written. */
function explainCacheError(error: unknown, cacheFolder: string): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT'].includes(code)) {
    return new Error(
      `The cache folder ${cacheFolder} cannot be written (${code}): set HYPERSPHERICAL_CACHE to a folder you may write to.`,
      { cause: error },
    );
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Error(
      `The disk of ${cacheFolder} is full (${code}): free some space, or set HYPERSPHERICAL_CACHE to a folder on a larger disk.`,
      { cause: error },
    );
  }
  return error instanceof Error ? error : new Error(String(error));
}

/** `setUp` with its surroundings as arguments. */
export async function setUpIn(options: SetUpOptions, internals: SetUpInternals): Promise<SetUpResult> {
  const start = performance.now();
  const { environment = process.env } = internals;
  const { cacheFolder = defaultCacheFolder(environment), onProgress = () => undefined, signal } = options;
  signal?.throwIfAborted();
  const { variant = chosenVariant(cacheFolder, environment), force = false } = options;
  const recipe = internals.recipe ?? engineRecipe(process.platform, process.arch, variant);
  const platform = findPlatform({ variant });
  if (!recipe) throw missingError([platform]);
  const folder = engineFolder(cacheFolder, recipe);
  const engines = enginesFolder(cacheFolder);
  const finish = (alreadyThere: boolean, addon: AddonOrigin | undefined): SetUpResult => ({
    folder,
    alreadyThere,
    addon: addon?.origin ?? 'compiled',
    seconds: (performance.now() - start) / 1000,
  });
  await removeStaleFolders(engines);
  // Sizes alone would call an engine ready whose bytes have changed.
  const found = force ? undefined : await engineStateBySha256(folder, signal);
  if (found?.state === 'ready') return finish(true, found.manifest.addon);

  requireAll([platform, findProcessor()]);
  const { prebuilt = findPrebuiltAddon(recipe) } = internals;
  await requireTools(prebuilt, { environment, signal });
  let addon: AddonOrigin;
  let making: string | undefined;
  try {
    await mkdir(engines, { recursive: true });
    requireSpace(recipe, (internals.freeBytes ?? freeBytes)(engines), cacheFolder);
    making = await makeTemporaryFolder(engines);
    const context = { making, environment, signal, onProgress };
    addon = await makeEngine(recipe, prebuilt, context, internals.checkAddon ?? checkAddon);
    await publishEngine(making, folder, force);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw explainCacheError(error, cacheFolder);
  } finally {
    if (making !== undefined) await rm(making, { recursive: true, force: true, maxRetries: 3 });
  }
  return finish(false, addon);
}

/**
 * Fetches TensorFlow's libraries from the Python package index with pip (about 207 MB, sha256 pinned), takes the prebuilt
 * addon of this platform's package or compiles it where there is none, and puts both into the cache folder (about 620 MB) by one rename; with CUDA it is ten and six times as much. Does nothing when they are
 * there and their sha256 are right (about 615 MB are read, with CUDA 3.5 GB); a damaged engine is replaced. Any
 * number of processes may do this at once, and one that is killed leaves nothing that could be taken for an engine.
 *
 * @throws Error that says what is missing (python3, pip, a compiler, disk space, the network, a right checksum, a
 *   writable cache folder, a supported platform) and what to type
 * @example
 * const { folder } = await setUp({ onProgress: ({ message }) => console.error(message) });
 */
export async function setUp(options: SetUpOptions = {}): Promise<SetUpResult> {
  return setUpIn(options, {});
}
