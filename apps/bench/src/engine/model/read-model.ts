import { join } from 'node:path';
import { type Backbone, type BackboneOptions, createBackbone } from '@hyperspherical/backbones';
import { headFromDescription, type PredictingHead } from '../task/head-from-description.js';
import { isAbsent } from '../../records/is-absent.js';
import { readJsonFile } from '../../records/read-json-file.js';
import { mostWeightBytes, readRegularFile } from '../../records/read-regular-file.js';
import { decodeSafetensors } from '../safetensors.js';
import { trainingState } from '../training-state.js';
import { UserError } from '../../records/user-error.js';
import { modelDescriptionSchema, type ModelDescription } from '../../records/model-description.js';

const remedy =
  'Use the version that wrote it (environment.json beside it names it, as bench), or train the model again.';

/** A trained model, ready to be used. */
export interface Model {
  readonly description: ModelDescription;
  readonly backbone: Backbone;
  readonly head: PredictingHead;
  dispose(): void;
}

/**
 * Reads what a finished run has left. Needs a tfjs backend.
 *
 * @param folder - The run's.
 * @throws UserError when there is no whole model of this version.
 */
export function readModel(folder: string): Model {
  const description = readDescription(folder);
  const path = join(folder, 'model.safetensors');
  try {
    const { arrays } = decodeSafetensors(readRegularFile(path, { mostBytes: mostWeightBytes }));
    const backbone = createBackbone(description.backbone as unknown as BackboneOptions);
    const head = headFromDescription(description.head);
    trainingState(backbone, head.variables, []).load(arrays);
    return {
      description,
      backbone,
      head,
      dispose() {
        backbone.dispose();
        head.dispose();
      },
    };
  } catch (cause) {
    throw new UserError(
      `${path} and model.json beside it are not whole, or not of this version: ${(cause as Error).message.replace(/\.$/, '')}. ${remedy}`,
      { exitCode: 1, cause },
    );
  }
}

/** Reads `model.json` alone; needs no backend. */
export function readDescription(folder: string): ModelDescription {
  const path = join(folder, 'model.json');
  try {
    return readJsonFile(path, modelDescriptionSchema, { advice: remedy, exitCode: 1 });
  } catch (cause) {
    if (!isAbsent(cause)) throw cause;
    throw new UserError(
      `${folder} holds no trained model: there is no model.json. Give the folder of a run that has completed.`,
      { cause },
    );
  }
}
