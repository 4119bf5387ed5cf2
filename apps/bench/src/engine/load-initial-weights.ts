import type { Backbone } from '@hyperspherical/backbones';
import { fileOfRun } from '../records/file-of-run.js';
import { mostWeightBytes, readRegularFile } from '../records/read-regular-file.js';
import { decodeSafetensors } from './safetensors.js';
import { UserError } from '../records/user-error.js';

/**
 * Starts a backbone from the weights that another run ended with, all but the output layer.
 *
 * @param folder - The other run's.
 * @throws UserError when it did not finish, or trained another backbone.
 */
export function loadInitialWeights(backbone: Backbone, folder: string): void {
  const path = fileOfRun('initialise.from', folder, 'model.safetensors');
  const prefix = 'backbone/';
  try {
    const weights = decodeSafetensors(readRegularFile(path, { mostBytes: mostWeightBytes }))
      .arrays.filter(({ name }) => name.startsWith(prefix))
      .map(({ name, shape, values }) => ({ name: name.slice(prefix.length), shape: [...shape], values }));
    backbone.loadWeights(weights, { exceptOutput: true });
  } catch (cause) {
    throw new UserError(
      `initialise.from is ${folder}, and its weights cannot be used: ${path}: ${(cause as Error).message.replace(/\.$/, '')}. Give a run with the same backbone.`,
      { cause },
    );
  }
}
