import type { Breather } from './breather.js';
import type { Objective } from './minimise.js';
import { createNearPairs } from './near-pairs.js';
import { createPairSweep } from './pair-sweep.js';

// Below this exponent a pair's weight is less than rounding next to the largest, 1.
const negligible = -36;

/**
 * The smooth stand-in for the largest cosine, `log(sum over pairs i < j of exp(sharpness * cos_ij)) / sharpness`, over
 * rows that are normalised inside. It is above the largest cosine by `log(pairs) / sharpness` at most.
 *
 * With `absolute`, cosines count by their size without the sign: lines, not directions, are spread.
 *
 * The first `frozen` rows stay where they are, and pairs among them do not count.
 *
 * Where it is sharp, most pairs weigh nothing: these are left out as long as the triangle inequality proves that they do.
 */
export function logSumExpObjective(
  classes: number,
  dimensions: number,
  breather: Breather,
  { absolute = false, frozen = 0 }: { readonly absolute?: boolean; readonly frozen?: number } = {},
): (sharpness: number) => Objective {
  const pairs = createPairSweep(classes, dimensions, breather, frozen);
  // A pair in a list costs about 3 times as much as one in a block.
  const near = createNearPairs(pairs, classes, dimensions, 0.15 * classes * classes, breather);
  // Exponents are measured from here, close to the largest cosine, so that they neither overflow nor vanish.
  let shift = 1;
  let sharpness = 1;
  let sum = 0;
  let largest = -Infinity;

  return (chosen) => async (point, gradient) => {
    sharpness = chosen;
    const reach = -negligible / sharpness;
    pairs.reset(point);
    const outside = near.largestOutside();
    restart();
    if (outside < Infinity) await near.sweep(weigh);
    // The list must reach below every weight that counts, and the shift must not be far above the largest cosine.
    if (!(outside <= largest - reach) || shift - largest > reach / 4) {
      const listing = reach < 0.15 && !absolute;
      // The first sweep finds the largest cosine, and the second starts there. Rows that are not finite have no largest: they
      // would never settle, and their value is NaN.
      for (let sweeps = 0; sweeps < 2; sweeps += 1) {
        if (largest < shift && largest > -Infinity) shift = largest;
        restart();
        if (listing) near.begin(shift - 1.75 * reach);
        await pairs.sweep(weigh, listing ? near.collect : undefined);
        if (listing) near.end();
        if (shift - largest <= reach / 4) break;
      }
      if (!(largest > -Infinity)) return Number.NaN;
    }
    pairs.project(gradient, 1 / sum);
    return shift + Math.log(sum) / sharpness;
  };

  function restart(): void {
    pairs.forces.fill(0);
    sum = 0;
    largest = -Infinity;
  }

  function weigh(cosines: Float64Array): boolean {
    let top = -Infinity;
    for (let place = 0; place < 16; place += 1) {
      const cosine = cosines[place]!;
      const size = absolute && cosine !== -Infinity ? Math.abs(cosine) : cosine;
      if (size > top) top = size;
    }
    if (top > largest) {
      largest = top;
      if (sharpness * (top - shift) > 300) moveShift(top);
    }
    if (sharpness * (top - shift) < negligible) return false;
    for (let place = 0; place < 16; place += 1) {
      const cosine = cosines[place]!;
      const weight = exponential(cosine);
      // As e^(b c) + e^(-b c), a cosine's size counts without a kink at 0.
      const opposite = absolute && cosine !== -Infinity ? exponential(-cosine) : 0;
      cosines[place] = weight - opposite;
      sum += weight + opposite;
    }
    return true;
  }

  function moveShift(to: number): void {
    const factor = Math.exp(sharpness * (shift - to));
    sum *= factor;
    for (let index = 0; index < pairs.forces.length; index += 1) pairs.forces[index]! *= factor;
    shift = to;
  }

  function exponential(cosine: number): number {
    const exponent = sharpness * (cosine - shift);
    return exponent < negligible ? 0 : Math.exp(exponent);
  }
}
