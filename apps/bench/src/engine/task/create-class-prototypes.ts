import {
  assignLabels,
  createPrototypes,
  prototypesFromNpy,
  semanticPrototypes,
  type Prototypes,
} from '@hyperspherical/prototypes';
import { readClassVectors } from './class-word-vectors.js';
import type { PrototypesChoice } from '../../experiment/prototypes-schema.js';
import { prototypesFromRun } from './prototypes-from-run.js';
import { isRangeError } from '../../records/is-range-error.js';
import { projectOnPrincipalAxes } from './project-on-principal-axes.js';
import { UserError } from '../../records/user-error.js';
import { withSeed } from '../../experiment/with-seed.js';
import { messageOf } from '../../records/message-of.js';
import { mostWeightBytes, readRegularFile } from '../../records/read-regular-file.js';
import { shorten } from '../../records/shorten.js';

/** What prototypes depend on besides the choice. */
export interface ClassPrototypesOptions {
  readonly classNames: readonly string[];
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes the prototypes that an experiment asks for, one a class.
 *
 * @throws UserError when there are no such prototypes for so many classes, or a file does not hold one row a class.
 */
export async function createClassPrototypes(
  choice: PrototypesChoice,
  options: ClassPrototypesOptions,
): Promise<Prototypes> {
  try {
    return await create(choice, options);
  } catch (cause) {
    if (isRangeError(cause))
      throw new UserError(`head.prototypes do not fit the classes: ${cause.message}.`.replace(/\.\.$/, '.'), {
        cause,
      });
    throw cause;
  }
}

async function create(
  choice: PrototypesChoice,
  { classNames, seed, signal }: ClassPrototypesOptions,
): Promise<Prototypes> {
  const classes = classNames.length;
  if (choice.method === 'semantic') {
    const { dimensions, weights } = choice;
    const { rows: wordVectors } = await readClassVectors(classNames, choice, { signal });
    return (await semanticPrototypes({ wordVectors, dimensions, weights, seed, signal })).prototypes;
  }
  if (choice.method === 'word-vectors') {
    const { rows } = await readClassVectors(classNames, choice, { signal });
    return projectOnPrincipalAxes(rows, choice.dimensions);
  }
  if (choice.method === 'file') {
    const prototypes = readPrototypes(choice.path);
    if (prototypes.classes === classes) return prototypes;
    throw new UserError(
      `${choice.path} holds ${prototypes.classes} prototypes, and there are ${classes} classes; give one row a class.`,
    );
  }
  if (choice.method === 'run') return prototypesFromRun(withSeed(choice.from, seed), classNames);
  const { method, dimensions, restarts, assign } = choice;
  const prototypes = await createPrototypes({ classes, dimensions, method, seed, restarts, signal });
  if (assign === undefined) return prototypes;
  const { rows } = await readClassVectors(classNames, assign, { signal });
  return (await assignLabels(prototypes, cosines(rows), { seed, signal })).prototypes;
}

function readPrototypes(path: string): Prototypes {
  const bytes = readRegularFile(path, {
    mostBytes: mostWeightBytes,
    advice: 'Give a .npy file of one row per class.',
  });
  try {
    return prototypesFromNpy(bytes);
  } catch (cause) {
    throw new UserError(`Cannot read prototypes from ${path}: ${shorten(messageOf(cause))}.`, { cause });
  }
}

function cosines(rows: readonly Float32Array[]): number[][] {
  const lengths = rows.map((row) => Math.hypot(...row));
  return rows.map((left, i) =>
    rows.map(
      (right, j) =>
        left.reduce((sum, value, at) => sum + value * right[at]!, 0) / (lengths[i]! * lengths[j]!),
    ),
  );
}
