import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { TFJSBinding } from '../../vendor/dist/tfjs_binding.js';
import { defaultCacheFolder, engineFolder } from '../set-up/cache-folder.js';
import { addonFile, engineState } from '../set-up/engine-manifest.js';
import { engineRecipe, supportedPlatforms } from '../set-up/engine-recipe.js';
import { doctorCommand, setUpCommand } from '../set-up/set-up-command.js';

/** The addon, and the folder it came from. */
export interface LoadedAddon {
  readonly folder: string;
  readonly binding: TFJSBinding;
}

/**
 * Loads the addon and TensorFlow's libraries from the cache folder.
 *
 * @throws Error when the engine is not set up, is damaged or does not load, with what to type
 */
export function loadAddon(): LoadedAddon {
  const recipe = engineRecipe();
  if (!recipe) {
    throw new Error(
      `@hyperspherical/tfjs-native runs on ${supportedPlatforms.join(', ')}, not on ${process.platform}-${process.arch}. ` +
        'Elsewhere use the backends cpu or wasm of TensorFlow.js.',
    );
  }
  const folder = engineFolder(defaultCacheFolder(), recipe);
  const found = engineState(folder);
  if (found.state === 'absent') {
    throw new Error(
      `The native TensorFlow engine is not set up (looked in ${folder}). Type: ${setUpCommand}`,
    );
  }
  if (found.state === 'damaged') {
    throw new Error(
      `The native TensorFlow engine in ${folder} is damaged: ${found.reason}. Type: ${setUpCommand}`,
    );
  }
  // Read when the library loads. TensorFlow's remarks on the processor are no business of a library's user.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '1';
  try {
    const binding = createRequire(import.meta.url)(join(folder, addonFile)) as TFJSBinding;
    return { folder, binding };
  } catch (error) {
    throw new Error(
      `The native TensorFlow engine in ${folder} does not load: ${(error as Error).message} Type: ${doctorCommand}`,
      { cause: error },
    );
  }
}
