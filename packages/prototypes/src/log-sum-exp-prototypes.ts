import { createBreather } from './breather.js';
import { checkInteger, checkSizes } from './check-sizes.js';
import { logSumExpObjective } from './log-sum-exp-objective.js';
import { minimise } from './minimise.js';
import type { RunOptions } from './progress.js';
import type { Prototypes } from './prototypes.js';
import { randomGenerator } from './random-generator.js';
import { randomRows } from './random-rows.js';
import { largestCosine, normaliseRows } from './rows.js';

/** Options of `logSumExpPrototypes`. */
export interface LogSumExpOptions extends RunOptions {
  readonly classes: number;
  readonly dimensions: number;
  /** Default 0. */
  readonly seed?: number | undefined;
  /** How many random starts to take the best of. Default: 32 for a few classes, 3 for hundreds, 1 for thousands. */
  readonly restarts?: number | undefined;
}

const sharpnesses = [10, 30, 100, 300, 1000, 3000, 10_000];
const stepsPerSharpness = 300;

/**
 * Points spread by optimisation, as far apart as it finds them: minimises
 * `m + log(sum over pairs of exp(b (cos_ij - m))) / b`, a smooth stand-in for the largest cosine m, by L-BFGS over
 * normalised rows, for b = 10, 30, 100, ... 10,000 in turn. Each stage starts where the one before ended.
 *
 * @throws {RangeError} If a size, the seed or the number of restarts is not an integer in range.
 *
 * @example
 * await logSumExpPrototypes({ classes: 100, dimensions: 10 });
 */
export async function logSumExpPrototypes({
  classes,
  dimensions,
  seed = 0,
  restarts = defaultRestarts(classes, dimensions),
  signal,
  onProgress,
}: LogSumExpOptions): Promise<Prototypes> {
  checkSizes({ classes, dimensions });
  checkInteger('restarts', restarts, 1);
  const method = 'log-sum-exp';
  let best: Float64Array | undefined;
  let bestMaxCosine = Infinity;
  let finished = 0;
  let restart = 1;
  const breather = createBreather(signal, () => {
    const done = finished / (restarts * sharpnesses.length * stepsPerSharpness);
    onProgress?.({ method, restart, restarts, done, bestMaxCosine });
  });
  const objective = logSumExpObjective(classes, dimensions, breather);

  for (; restart <= restarts; restart += 1) {
    const rows = randomRows(randomGenerator(seed, restart), classes, dimensions);
    for (const [stage, sharpness] of sharpnesses.entries()) {
      await minimise(objective(sharpness), rows, {
        steps: stepsPerSharpness,
        breather,
        onStep: () => (finished += 1),
      });
      normaliseRows(rows, dimensions);
      finished = ((restart - 1) * sharpnesses.length + stage + 1) * stepsPerSharpness;
    }
    const maxCosine = largestCosine(rows, dimensions);
    if (maxCosine < bestMaxCosine) [best, bestMaxCosine] = [rows, maxCosine];
  }
  return { classes, dimensions, values: Float32Array.from(best!), method };
}

function defaultRestarts(classes: number, dimensions: number): number {
  const cost = classes * classes * dimensions;
  if (cost > 4e6) return 1;
  return Math.max(3, Math.min(32, Math.round(3e5 / cost)));
}
