import { createBreather } from './breather.js';
import { checkInteger } from './check-sizes.js';
import type { RunOptions } from './progress.js';
import type { Prototypes } from './prototypes.js';
import { assignmentScore, solveQuadraticAssignment } from './quadratic-assignment.js';
import { randomGenerator } from './random-generator.js';
import { cosineMatrix } from './rows.js';
import { unitRows } from './unit-rows.js';

/** Options of `assignLabels`. */
export interface AssignLabelsOptions extends RunOptions {
  /** Default 0. */
  readonly seed?: number | undefined;
  /** Exchanges to make. Default: 20,000 for up to 100 classes, fewer for more, but at least 3 a class. */
  readonly steps?: number | undefined;
}

/** Prototypes in the order of the classes that they suit best. */
export interface AssignedPrototypes {
  /** Row k is the prototype of class k. */
  readonly prototypes: Prototypes;
  /** `[classes]`: which row of the given prototypes class k got. */
  readonly order: Int32Array;
  /** Correlation over pairs of classes between similarity and the cosine of their prototypes, from -1 to 1; 0 where either is constant. */
  readonly correlation: number;
  /** The same for the order that was given. */
  readonly correlationBefore: number;
}

/**
 * Decides which class gets which prototype: similar classes become neighbours, and antipodes are far in meaning. Maximises the sum over
 * pairs of `similarity_ij cos_ij` (a quadratic assignment problem) by tabu search from the order given, so that the result is
 * never worse than that. Moves nothing: separation stays as it is.
 *
 * A step costs `classes^2`; memory is 4 matrices `[classes, classes]`.
 *
 * @param similarity - One row a class with its similarity to every class, on any scale; not symmetric ones are averaged. The
 *   diagonal does not count. Cosines between word vectors will do.
 * @throws {RangeError} If `similarity` is not `[classes, classes]` of finite numbers.
 *
 * @example
 * const { prototypes, correlation } = await assignLabels(await createPrototypes({ classes: 100, dimensions: 25 }), similarity);
 */
export async function assignLabels(
  prototypes: Prototypes,
  similarity: readonly ArrayLike<number>[],
  { seed = 0, steps, signal, onProgress }: AssignLabelsOptions = {},
): Promise<AssignedPrototypes> {
  signal?.throwIfAborted();
  const { classes, dimensions, values } = prototypes;
  const rows = unitRows(prototypes);
  const flows = symmetric(similarity, classes);
  const total = steps ?? Math.max(3 * classes, Math.min(20_000, Math.round(2e8 / classes ** 2)));
  checkInteger('steps', total, 0);
  const problem = { size: classes, flows, affinities: cosineMatrix(rows, dimensions) };
  let done = 0;
  const bestMaxCosine = Infinity;
  const breather = createBreather(signal, () => {
    onProgress?.({ method: 'assign-labels', restart: 1, restarts: 1, done: done / total, bestMaxCosine });
  });
  const identity = Int32Array.from({ length: classes }, (_, k) => k);
  const order = await solveQuadraticAssignment(problem, total, randomGenerator(seed), breather, (step) => {
    done = step;
  });
  const assigned = new Float32Array(values.length);
  for (const [k, row] of order.entries()) {
    assigned.set(values.subarray(row * dimensions, (row + 1) * dimensions), k * dimensions);
  }
  return {
    prototypes: { ...prototypes, values: assigned },
    order,
    correlation: correlation(order),
    correlationBefore: correlation(identity),
  };

  function correlation(places: Int32Array): number {
    const pairs = (classes * (classes - 1)) / 2;
    const [meanFlow, varianceFlow] = moments(flows, classes);
    const [meanAffinity, varianceAffinity] = moments(problem.affinities, classes);
    // What only rounding tells apart is constant.
    if (varianceAffinity < 1e-12 || varianceFlow <= 1e-12 * meanFlow ** 2) return 0;
    const covariance = assignmentScore(problem, places) / pairs - meanFlow * meanAffinity;
    return covariance / Math.sqrt(varianceFlow * varianceAffinity);
  }
}

/** Mean and variance over pairs i < j. */
function moments(matrix: Float64Array, size: number): [number, number] {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < i; j += 1) {
      sum += matrix[i * size + j]!;
      squares += matrix[i * size + j]! ** 2;
    }
  }
  const pairs = (size * (size - 1)) / 2;
  return [sum / pairs, Math.max(0, squares / pairs - (sum / pairs) ** 2)];
}

function symmetric(similarity: readonly ArrayLike<number>[], classes: number): Float64Array {
  if (similarity.length !== classes) {
    throw new RangeError(
      `similarity must have ${classes} rows, one for each class, and has ${similarity.length}`,
    );
  }
  const matrix = new Float64Array(classes * classes);
  for (const [i, row] of similarity.entries()) {
    if (row.length !== classes) {
      throw new RangeError(
        `similarity[${i}] must have ${classes} numbers, one for each class, and has ${row.length}`,
      );
    }
    for (let j = 0; j < classes; j += 1) {
      const value = row[j]!;
      if (!Number.isFinite(value)) {
        throw new RangeError(`similarity[${i}][${j}] must be a finite number, and is ${value}`);
      }
      matrix[i * classes + j]! += value / 2;
      matrix[j * classes + i]! += value / 2;
    }
  }
  return matrix;
}
