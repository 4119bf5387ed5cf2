import { createBreather, type Breather } from './breather.js';
import { checkInteger, checkSizes } from './check-sizes.js';
import { minimise, type Objective } from './minimise.js';
import type { RunOptions } from './progress.js';
import type { Prototypes } from './prototypes.js';
import { randomGenerator } from './random-generator.js';
import { randomRows } from './random-rows.js';
import { largestCosine, normaliseRows } from './rows.js';

/** Options that all methods share that spread points by minimising an energy. */
export interface SpreadOptions extends RunOptions {
  /** At least 2. */
  readonly classes: number;
  /** At least 2, or 1 for 2 classes. */
  readonly dimensions: number;
  /** Default 0. */
  readonly seed?: number | undefined;
  /** How many random starts to take the best of. Default: from 32 for a few classes to 1 for hundreds. */
  readonly restarts?: number | undefined;
}

/** One energy to minimise, and for how long. */
export interface Stage {
  readonly objective: Objective;
  readonly steps: number;
}

/** What some methods do in their own way. */
export interface Details {
  /** What the best start has the least of; by default the last energy. */
  readonly score?: (rows: Float64Array, breather: Breather) => Promise<number>;
  /** Unit rows that every start begins with, before random ones. */
  readonly fixed?: Float64Array;
}

/**
 * Spreads random points by minimising the energies of `stages` in turn, several times over, and keeps the best: of the smallest
 * score.
 */
export async function spreadPoints(
  {
    classes,
    dimensions,
    seed = 0,
    restarts = defaultRestarts(classes, dimensions),
    signal,
    onProgress,
  }: SpreadOptions,
  method: string,
  createStages: (breather: Breather) => (restart: number) => readonly Stage[],
  { score, fixed }: Details = {},
): Promise<Prototypes> {
  checkSizes({ classes, dimensions });
  checkInteger('restarts', restarts, 1);
  let best: Float64Array | undefined;
  let bestScore = Infinity;
  let bestMaxCosine = Infinity;
  let restart = 1;
  let share = 0;
  const breather = createBreather(signal, () => {
    onProgress?.({ method, restart, restarts, done: (restart - 1 + share) / restarts, bestMaxCosine });
  });
  const stagesOf = createStages(breather);

  for (; restart <= restarts; restart += 1) {
    const rows = randomRows(randomGenerator(seed, restart), classes, dimensions);
    if (fixed) rows.set(fixed);
    const stages = stagesOf(restart);
    const total = stages.reduce((sum, { steps }) => sum + steps, 0);
    let energy = Infinity;
    let before = 0;
    for (const { objective, steps } of stages) {
      share = before;
      energy = await minimise(objective, rows, { steps, breather, onStep: () => (share += 1 / total) });
      normaliseRows(rows, dimensions);
      // A stage that converged early is done.
      before += steps / total;
    }
    share = 0;
    const found = score ? await score(rows, breather) : energy;
    if (found < bestScore) {
      [best, bestScore] = [rows, found];
      bestMaxCosine = await largestCosine(rows, dimensions, breather);
    }
  }
  if (!best) throw new Error(`${method} did not converge to finite numbers for ${classes} x ${dimensions}`);
  return { classes, dimensions, values: Float32Array.from(best), method };
}

function defaultRestarts(classes: number, dimensions: number): number {
  return Math.max(1, Math.min(32, Math.round(3e5 / (classes * classes * dimensions))));
}
