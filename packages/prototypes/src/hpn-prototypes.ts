import { blockDots } from './block-kernels.js';
import { type Breather, createBreather } from './breather.js';
import { checkInteger, checkPositive, checkSizes } from './check-sizes.js';
import type { RunOptions } from './progress.js';
import type { Prototypes } from './prototypes.js';
import { randomGenerator } from './random-generator.js';
import { randomRows } from './random-rows.js';
import { normaliseRows } from './rows.js';

/** Options of `hpnPrototypes`. */
export interface HpnOptions extends RunOptions {
  readonly classes: number;
  readonly dimensions: number;
  /** Default 0. */
  readonly seed?: number | undefined;
  /**
   * Whether to do what the authors' released program does: learning rate 0.1, 10,000 steps, and an optimiser that is made anew in each
   * step, so that momentum has no effect. Default false: the paper's text, learning rate 0.01, momentum 0.9, 1,000 steps.
   */
  readonly releasedCode?: boolean | undefined;
  /** Default 1,000, or 10,000 with `releasedCode`. */
  readonly steps?: number | undefined;
  /** Default 0.01, or 0.1 with `releasedCode`. */
  readonly learningRate?: number | undefined;
  /** Default 0.9; with `releasedCode` it is without effect. */
  readonly momentum?: number | undefined;
}

/**
 * The paper's own method, to compare with: gradient descent with momentum on the mean over prototypes of the cosine to the nearest
 * other one, `mean_i max_j M_ij` with `M = P P^T - 2 I`; rows are normalised again after each step. In 2 dimensions, too, it
 * descends; `circlePrototypes` is the paper's answer there. The pull between two points fades as they come closer, so that in 2 or 3
 * dimensions it can leave two classes on one spot. `log-sum-exp` gets points further apart, and sooner.
 *
 * @throws {RangeError} If a size, the seed, the steps, the learning rate or the momentum is out of range.
 * @see Mettes et al. 2019, "Hyperspherical Prototype Networks", equation 1; https://github.com/psmmettes/hpn
 *
 * @example
 * await hpnPrototypes({ classes: 100, dimensions: 25, releasedCode: true });
 */
export async function hpnPrototypes({
  classes,
  dimensions,
  seed = 0,
  releasedCode = false,
  steps = releasedCode ? 10_000 : 1000,
  learningRate = releasedCode ? 0.1 : 0.01,
  momentum = 0.9,
  signal,
  onProgress,
}: HpnOptions): Promise<Prototypes> {
  signal?.throwIfAborted();
  checkSizes({ classes, dimensions });
  checkInteger('steps', steps, 0);
  checkPositive('learningRate', learningRate);
  if (!(momentum >= 0 && momentum < 1)) {
    throw new RangeError(`momentum must be at least 0 and below 1, and is ${momentum}`);
  }
  const padded = Math.ceil(classes / 4) * 4;
  const rows = new Float64Array(padded * dimensions);
  rows.set(randomRows(randomGenerator(seed), classes, dimensions));
  const unpadded = rows.subarray(0, classes * dimensions);
  const gradient = new Float64Array(unpadded.length);
  const velocity = new Float64Array(unpadded.length);
  const kept = releasedCode ? 0 : momentum;
  let step = 0;
  let bestMaxCosine = Infinity;
  const breather = createBreather(signal, () => {
    onProgress?.({ method: 'hpn', restart: 1, restarts: 1, done: step / steps, bestMaxCosine });
  });
  for (; step < steps; step += 1) {
    if (breather.due()) await breather.breathe();
    const { nearest, maxCosine } = await nearestRows(rows, classes, dimensions, breather);
    bestMaxCosine = Math.min(bestMaxCosine, maxCosine);
    gradient.fill(0);
    for (let row = 0; row < classes; row += 1) {
      const [own, other] = [row * dimensions, nearest[row]! * dimensions];
      for (let axis = 0; axis < dimensions; axis += 1) {
        gradient[own + axis]! += rows[other + axis]! / classes;
        gradient[other + axis]! += rows[own + axis]! / classes;
      }
    }
    for (let index = 0; index < gradient.length; index += 1) {
      velocity[index] = kept * velocity[index]! + gradient[index]!;
      rows[index]! -= learningRate * velocity[index]!;
    }
    normaliseRows(unpadded, dimensions);
  }
  return { classes, dimensions, values: Float32Array.from(unpadded), method: 'hpn' };
}

/** For each row, which other row it meets at the largest cosine; and the largest of all. */
async function nearestRows(
  rows: Float64Array,
  classes: number,
  dimensions: number,
  breather: Breather,
): Promise<{ nearest: Int32Array; maxCosine: number }> {
  const nearest = new Int32Array(classes);
  const largest = new Float64Array(classes).fill(-Infinity);
  const block = new Float64Array(16);
  for (let i = 0; i < classes; i += 4) {
    if (breather.due()) await breather.breathe();
    for (let j = i; j < classes; j += 4) {
      blockDots(rows, dimensions, i * dimensions, j * dimensions, block);
      for (let place = 0; place < 16; place += 1) {
        const row = i + (place >> 2);
        const column = j + (place & 3);
        if (row >= column || column >= classes) continue;
        const cosine = block[place]!;
        if (cosine > largest[row]!) [largest[row], nearest[row]] = [cosine, column];
        if (cosine > largest[column]!) [largest[column], nearest[column]] = [cosine, row];
      }
    }
  }
  return { nearest, maxCosine: largest.reduce((left, right) => Math.max(left, right)) };
}
