import { type Prototypes, prototypesFromVectors } from '@hyperspherical/prototypes';
import { fileOfRun } from '../../records/file-of-run.js';
import { spherePoints } from './sphere-points.js';
import { readDescription } from '../model/read-model.js';
import { messageOf } from '../../records/message-of.js';
import { UserError } from '../../records/user-error.js';

/** Heads with one vector a class and nothing else on their sphere. */
const kinds: readonly string[] = ['cosine-classifier', 'prototype-classifier', 'nearest-mean-classifier'];

/**
 * The class vectors that a finished run ended with, each brought to length 1.
 *
 * @param folder - The run's.
 * @param classNames - Of the classes that prototypes are wanted for: the run must have had the same, in the same order.
 * @throws UserError when it did not finish, had other classes, or has a head without class vectors.
 */
export function prototypesFromRun(folder: string, classNames: readonly string[]): Prototypes {
  fileOfRun('head.prototypes.from', folder, 'model.json');
  const { head, classNames: trained = [] } = readDescription(folder);
  if (!kinds.includes(head.kind)) {
    throw new UserError(
      `head.prototypes.from is ${folder}, and its head, ${head.kind}, has no class vectors; give a run of one of ${kinds.join(', ')}.`,
    );
  }
  if (trained.join('\n') !== classNames.join('\n')) {
    throw new UserError(
      `head.prototypes.from is ${folder}, whose ${trained.length} classes are not the ${classNames.length} of this experiment, in their order; give a run on the same classes.`,
    );
  }
  try {
    return prototypesFromVectors(spherePoints(head));
  } catch (cause) {
    throw new UserError(
      `head.prototypes.from is ${folder}, whose class vectors cannot be used: ${messageOf(cause).replace(/\.$/, '')}; give another run, or train it again.`,
      { cause },
    );
  }
}
