import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Backbone, type BackboneOptions, createBackbone } from '@hyperspherical/backbones';
import { z } from 'zod';
import { headFromDescription, type PredictingHead } from '../heads/head-from-description.js';
import { decodeSafetensors } from '../safetensors.js';
import { trainingState } from '../training-state.js';
import { UserError } from '../user-error.js';
import { modelDescriptionSchema, type ModelDescription } from './model-description.js';

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
    const { arrays } = decodeSafetensors(readFileSync(path));
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
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UserError(
      `${folder} holds no trained model: there is no model.json. Give the folder of a run that has completed.`,
      { cause },
    );
  }
  try {
    return modelDescriptionSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new UserError(`${path} is not what this version of the bench writes. ${detailOf(cause)}${remedy}`, {
      exitCode: 1,
      cause,
    });
  }
}

/** Where it differs, as a sentence. */
function detailOf(cause: unknown): string {
  if (!(cause instanceof z.ZodError)) return '';
  const [issue] = cause.issues;
  const place = issue!.path.length === 0 ? '' : `${issue!.path.join('.')}: `;
  return `Its fault: ${place}${issue!.message.replace(/\.$/, '')}. `;
}
