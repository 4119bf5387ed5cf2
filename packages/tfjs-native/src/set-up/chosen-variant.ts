import { engineFolder } from './cache-folder.js';
import { engineState } from './engine-manifest.js';
import { engineRecipe, type EngineVariant } from './engine-recipe.js';

/**
 * The variant that a program gets which asks for none: that of `HYPERSPHERICAL_VARIANT`, else the one for GPUs where it was
 * set up, else the one for processors.
 *
 * @throws Error when HYPERSPHERICAL_VARIANT is something else than cpu or gpu
 */
export function chosenVariant(
  cacheFolder: string,
  environment: NodeJS.ProcessEnv = process.env,
): EngineVariant {
  const chosen = environment.HYPERSPHERICAL_VARIANT;
  if (chosen) return checkVariant('HYPERSPHERICAL_VARIANT', chosen);
  const gpu = engineRecipe(process.platform, process.arch, 'gpu');
  return gpu && engineState(engineFolder(cacheFolder, gpu)).state !== 'absent' ? 'gpu' : 'cpu';
}

/** @throws Error when the text is no variant; it names where the text comes from. */
export function checkVariant(name: string, text: string): EngineVariant {
  if (text === 'cpu' || text === 'gpu') return text;
  throw new Error(`${name} is "${text}"; it can be cpu or gpu.`);
}
