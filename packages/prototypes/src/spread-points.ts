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
  readonly score?: (rows: Float64Array) => number;
  /** Unit rows that every start begins with, before random ones. */
  readonly fixed?: Float64Array;
  /**
   * Whether the second start leaves out the first stage, and the third the first two, and so on round: a smooth energy leads every start
   * into the same few valleys, and the best is not always among them. Default false.
   */
  readonly varied?: boolean;
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
  createStages: (breather: Breather) => readonly Stage[],
  { score, fixed, varied = false }: Details = {},
): Promise<Prototypes> {
  checkSizes({ classes, dimensions });
  checkInteger('restarts', restarts, 1);
  let best: Float64Array | undefined;
  let bestScore = Infinity;
  let bestMaxCosine = Infinity;
  let finished = 0;
  let restart = 1;
  const breather = createBreather(signal, () => {
    onProgress?.({ method, restart, restarts, done: finished / (restarts * total), bestMaxCosine });
  });
  const stages = createStages(breather);
  const total = stages.reduce((sum, { steps }) => sum + steps, 0);

  for (; restart <= restarts; restart += 1) {
    const rows = randomRows(randomGenerator(seed, restart), classes, dimensions);
    if (fixed) rows.set(fixed);
    let energy = Infinity;
    let end = (restart - 1) * total;
    for (const [stage, { objective, steps }] of stages.entries()) {
      const skipped = varied && stage < (restart - 1) % 3;
      if (!skipped) {
        energy = await minimise(objective, rows, { steps, breather, onStep: () => (finished += 1) });
        normaliseRows(rows, dimensions);
      }
      // A stage that was left out or converged early is done.
      end += steps;
      finished = end;
    }
    const found = score ? score(rows) : energy;
    if (found < bestScore) {
      [best, bestScore] = [rows, found];
      bestMaxCosine = largestCosine(rows, dimensions);
    }
  }
  if (!best) throw new Error(`${method} did not converge to finite numbers for ${classes} x ${dimensions}`);
  return { classes, dimensions, values: Float32Array.from(best), method };
}

function defaultRestarts(classes: number, dimensions: number): number {
  return Math.max(1, Math.min(32, Math.round(3e5 / (classes * classes * dimensions))));
}
