import { logSumExpObjective } from './log-sum-exp-objective.js';
import type { Prototypes } from './prototypes.js';
import { forEachPairBreathing } from './rows.js';
import { spreadPoints, type SpreadOptions } from './spread-points.js';

/**
 * Points whose cosines are small in size, negative ones too: no class is the opposite of another, and all pairs come as close to one
 * angle as they can (equiangular basis vectors). Minimises the largest `|cos_ij|` by annealed log-sum-exp.
 *
 * @throws {RangeError} If a size, the seed or the number of restarts is not an integer in range.
 * @see Shen, Sun & Wei 2023, "Equiangular Basis Vectors".
 *
 * @example
 * await equiangularPrototypes({ classes: 6, dimensions: 3 }); // the diagonals of the icosahedron
 */
export async function equiangularPrototypes(options: SpreadOptions): Promise<Prototypes> {
  const { classes, dimensions } = options;
  return spreadPoints(
    options,
    'equiangular',
    (breather) => {
      const objective = logSumExpObjective(classes, dimensions, breather, { absolute: true });
      const stages = [10, 100, 1000, 10_000, 100_000].map((b) => ({ objective: objective(b), steps: 200 }));
      return () => stages;
    },
    {
      score: async (rows, breather) => {
        let largest = 0;
        await forEachPairBreathing(rows, dimensions, breather, (_i, _j, cosine) => {
          largest = Math.max(largest, Math.abs(cosine));
        });
        return largest;
      },
    },
  );
}
