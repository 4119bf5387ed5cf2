import { checkInteger } from './check-sizes.js';
import { createPrototypes, type CreatePrototypesOptions } from './create-prototypes.js';
import { logSumExpObjective } from './log-sum-exp-objective.js';
import { annealing } from './log-sum-exp-prototypes.js';
import type { RunOptions } from './progress.js';
import type { Prototypes } from './prototypes.js';
import { spreadPoints } from './spread-points.js';
import { unitRows } from './unit-rows.js';

/** Options of `reservePrototypes`. */
export interface ReservePrototypesOptions extends CreatePrototypesOptions {
  /** How many classes may come later, at least 1. */
  readonly reserve: number;
}

/** Prototypes, and places kept free for classes to come. */
export interface ReservedPrototypes {
  readonly prototypes: Prototypes;
  /** `[reserve, dimensions]`, row-major. */
  readonly reserved: Float32Array;
}

/** Options of `extendPrototypes`. */
export interface ExtendPrototypesOptions extends RunOptions {
  /** Places from `reservePrototypes`, taken first. Default none. */
  readonly reserved?: Float32Array | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
  /** How many random starts to take the best of. Default by size. */
  readonly restarts?: number | undefined;
}

/**
 * Prototypes for the classes of today, with room kept for classes of tomorrow: all are placed together, so that the later ones will
 * be as far from these as these are from each other.
 *
 * @throws {RangeError} As `createPrototypes` does, or if `reserve` is not an integer of at least 1.
 *
 * @example
 * const { prototypes, reserved } = await reservePrototypes({ classes: 90, reserve: 10, dimensions: 25 });
 * const extended = await extendPrototypes(prototypes, 10, { reserved });
 */
export async function reservePrototypes({
  classes,
  reserve,
  ...options
}: ReservePrototypesOptions): Promise<ReservedPrototypes> {
  checkInteger('classes', classes, 2);
  checkInteger('reserve', reserve, 1);
  const all = await createPrototypes({ ...options, classes: classes + reserve });
  const end = classes * all.dimensions;
  return {
    prototypes: { ...all, classes, values: all.values.slice(0, end) },
    reserved: all.values.slice(end),
  };
}

/**
 * Adds prototypes for new classes and leaves the ones that are there exactly where they are, so that a trained network keeps its
 * classes. New ones take reserved places while there are any; the rest go where annealed log-sum-exp finds them farthest from all others.
 *
 * @param prototypes - The K that stay: the first K rows of the result, bit for bit.
 * @param added - How many to add, at least 1.
 * @throws {RangeError} If `added` is not an integer of at least 1, or `reserved` does not hold whole rows.
 *
 * @example
 * const extended = await extendPrototypes(prototypes, 5); // 5 more classes
 */
export async function extendPrototypes(
  prototypes: Prototypes,
  added: number,
  { reserved = new Float32Array(0), seed, restarts, signal, onProgress }: ExtendPrototypesOptions = {},
): Promise<Prototypes> {
  signal?.throwIfAborted();
  const { dimensions } = prototypes;
  checkInteger('added', added, 1);
  checkInteger('dimensions', dimensions, 2);
  unitRows(prototypes);
  if (reserved.length % dimensions !== 0) {
    throw new RangeError(
      `reserved must hold whole rows of ${dimensions} numbers, and holds ${reserved.length} numbers`,
    );
  }
  const classes = prototypes.classes + added;
  const taken = Float32Array.from(reserved).subarray(0, added * dimensions);
  const values = new Float32Array(classes * dimensions);
  values.set(prototypes.values);
  values.set(taken, prototypes.values.length);
  const method = `${prototypes.method}+${added}`;
  const settled = prototypes.values.length + taken.length;
  const frozen = settled / dimensions;
  const fixed = unitRows({ classes: frozen, dimensions, values: values.subarray(0, settled) });
  if (settled < values.length) {
    const found = await spreadPoints(
      { classes, dimensions, seed, restarts, signal, onProgress },
      'extend',
      (breather) => {
        const objective = logSumExpObjective(classes, dimensions, breather, { frozen });
        return (restart) =>
          annealing(classes, dimensions, restart).map(({ sharpness, steps }) => ({
            objective: objective(sharpness),
            steps,
          }));
      },
      { fixed },
    );
    values.set(found.values.subarray(settled), settled);
  }
  return { classes, dimensions, values, method };
}
