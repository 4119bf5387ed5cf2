import { logSumExpObjective } from './log-sum-exp-objective.js';
import type { Prototypes } from './prototypes.js';
import { largestCosine } from './rows.js';
import { spreadPoints, type SpreadOptions } from './spread-points.js';

/**
 * Points spread by optimisation, as far apart as it finds them: minimises
 * `m + log(sum over pairs of exp(b (cos_ij - m))) / b`, a smooth stand-in for the largest cosine m, by L-BFGS over
 * normalised rows, for b = 10, 30, 100, ... in turn. Each stage starts where the one before ended. For thousands of classes there are
 * fewer stages and steps, and memory stays a few dozen copies of the prototypes.
 *
 * @throws {RangeError} If a size, the seed or the number of restarts is not an integer in range.
 *
 * @example
 * await logSumExpPrototypes({ classes: 100, dimensions: 10 });
 */
export async function logSumExpPrototypes(options: SpreadOptions): Promise<Prototypes> {
  const { classes, dimensions } = options;
  return spreadPoints(
    options,
    'log-sum-exp',
    (breather) => {
      const objective = logSumExpObjective(classes, dimensions, breather);
      const { sharpnesses, steps } = annealing(classes, dimensions);
      return sharpnesses.map((sharpness) => ({ objective: objective(sharpness), steps }));
    },
    { score: (rows) => largestCosine(rows, dimensions) },
  );
}

/** How sharp the stages are, and how many steps each takes: what a minute allows. */
export function annealing(classes: number, dimensions: number): { sharpnesses: number[]; steps: number } {
  const affordable = 2.5e10 / (classes * classes * dimensions);
  if (affordable > 1000) {
    const sharpnesses = [10, 30, 100, 300, 1000, 3000, 10_000, 100_000];
    // A few points cost nothing, and deserve their last digits.
    if (affordable > 1e5) sharpnesses.push(1_000_000);
    return { sharpnesses, steps: 300 };
  }
  return { sharpnesses: [30, 300, 3000], steps: Math.max(20, Math.min(300, Math.round(affordable / 3))) };
}
