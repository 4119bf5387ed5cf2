import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { TFJSBinding } from '../../vendor/dist/tfjs_binding.js';
import { defaultCacheFolder, engineFolder } from '../set-up/cache-folder.js';
import { chosenVariant } from '../set-up/chosen-variant.js';
import { addonFile } from '../set-up/engine-manifest.js';
import { engineRecipe, type EngineVariant } from '../set-up/engine-recipe.js';
import { findPlatform } from '../set-up/machine.js';
import { doctorCommand, setUpCommand } from '../set-up/set-up-command.js';
import { stateBeforeLoading } from '../set-up/state-before-loading.js';

/** The addon, and the folder it came from. */
export interface LoadedAddon {
  readonly folder: string;
  readonly variant: EngineVariant;
  readonly binding: TFJSBinding;
}

/**
 * Loads the addon and TensorFlow's libraries from the cache folder.
 *
 * @throws Error when the engine is not set up, is damaged or does not load, with what to type
 */
export function loadAddon(): LoadedAddon {
  const cacheFolder = defaultCacheFolder();
  const variant = chosenVariant(cacheFolder);
  const recipe = engineRecipe(process.platform, process.arch, variant);
  if (!recipe) {
    const { detail, advice = '' } = findPlatform({ variant });
    throw new Error(`@hyperspherical/tfjs-native does not run here: ${detail} ${advice}`);
  }
  const folder = engineFolder(cacheFolder, recipe);
  const type = `Type: ${setUpCommand}${variant === 'gpu' ? ' --variant gpu' : ''}`;
  const found = stateBeforeLoading(folder);
  if (found.state === 'absent') {
    throw new Error(`The native TensorFlow engine is not set up (looked in ${folder}). ${type}`);
  }
  if (found.state === 'damaged') {
    throw new Error(`The native TensorFlow engine in ${folder} is damaged: ${found.reason}. ${type}`);
  }
  // Read when the library loads. TensorFlow's remarks on the processor are no business of a library's user.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '1';
  try {
    const binding = createRequire(import.meta.url)(join(folder, addonFile)) as TFJSBinding;
    return { folder, variant, binding };
  } catch (error) {
    throw new Error(
      `The native TensorFlow engine in ${folder} does not load: ${(error as Error).message} Type: ${doctorCommand}`,
      { cause: error },
    );
  }
}
