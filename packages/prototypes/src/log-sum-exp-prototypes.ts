import { logSumExpObjective } from './log-sum-exp-objective.js';
import type { Prototypes } from './prototypes.js';
import { largestCosine } from './rows.js';
import { spreadPoints, type SpreadOptions } from './spread-points.js';

/**
 * Points spread by optimisation, as far apart as it finds them: minimises
 * `m + log(sum over pairs of exp(b (cos_ij - m))) / b`, a smooth stand-in for the largest cosine m, by L-BFGS over
 * normalised rows, for b = 20, 200, 2000, ... in turn. Each stage starts where the one before ended. Thousands of classes get
 * fewer steps, and memory stays a few dozen copies of the prototypes.
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
      return (restart) =>
        annealing(classes, dimensions, restart).map(({ sharpness, steps }) => ({
          objective: objective(sharpness),
          steps,
        }));
    },
    { score: async (rows, breather) => largestCosine(rows, dimensions, breather) },
  );
}

// A smooth energy leads every start into the same few valleys, and the best is not always among them: the first stage of one start in
// six is this sharp.
const firstSharpnesses = [20, 200, 100, 50, 500, 2000] as const;

/** How sharp the stages of a start are, and how many steps each takes at most: fewer for many classes, down to what minutes allow. */
export function annealing(
  classes: number,
  dimensions: number,
  restart: number,
): { sharpness: number; steps: number }[] {
  const cost = classes * classes * dimensions;
  const least = cost <= 1e9 ? 150 : 60;
  const total = cost <= 1e8 ? Math.min(2400, 240 + 2.4e8 / cost) : Math.max(least, 2.4e10 / cost);
  const first = firstSharpnesses[(restart - 1) % firstSharpnesses.length]!;
  const shares: [sharpness: number, share: number][] = [
    [first, 0.45],
    [2000, 0.15],
    [20_000, 0.1],
  ];
  if (first < 100) shares.splice(1, 0, [200, 0.3]);
  // A few points cost nothing, and deserve their last digits.
  if (cost <= 1e5) shares.push([200_000, 0.1], [2_000_000, 0.1]);
  return shares.map(([sharpness, share]) => ({ sharpness, steps: Math.ceil(share * total) }));
}
