import { blockDots, blockPull } from './block-kernels.js';
import type { Breather } from './breather.js';
import type { Objective } from './minimise.js';

// Below this exponent a pair's weight is less than rounding next to the largest, 1.
const negligible = -40;
// Rows on each side of a tile: two tiles of a few hundred dimensions stay in a core's cache.
const tileRows = 64;

/**
 * The smooth stand-in for the largest cosine, `log(sum over pairs i < j of exp(sharpness * cos_ij)) / sharpness`, over
 * rows that are normalised inside. It is above the largest cosine by `log(pairs) / sharpness` at most.
 *
 * Memory is two copies of the rows: a cosine lives in a register and is gone. Each pair is computed once.
 */
export function logSumExpObjective(
  classes: number,
  dimensions: number,
  breather: Breather,
): (sharpness: number) => Objective {
  const padded = Math.ceil(classes / 4) * 4;
  const rows = new Float64Array(padded * dimensions);
  const forces = new Float64Array(padded * dimensions);
  const lengths = new Float64Array(classes);
  const weights = new Float64Array(16);
  // Exponents are measured from here, close to the largest cosine, so that they neither overflow nor vanish.
  let shift = 1;
  let sharpness = 1;
  let sum = 0;
  let largest = -1;

  return (chosen) => async (point, gradient) => {
    sharpness = chosen;
    normalise(point);
    do {
      if (largest < shift) shift = largest;
      forces.fill(0);
      sum = 0;
      largest = -1;
      for (let top = 0; top < padded; top += tileRows) {
        for (let left = top; left < padded; left += tileRows) {
          if (breather.due()) await breather.breathe();
          visitTile(top, Math.min(padded, top + tileRows), left, Math.min(padded, left + tileRows));
        }
      }
    } while (sharpness * (largest - shift) < -10);
    projectForces(gradient);
    return shift + Math.log(sum) / sharpness;
  };

  function normalise(point: Float64Array): void {
    for (let row = 0; row < classes; row += 1) {
      const start = row * dimensions;
      let square = 0;
      for (let index = start; index < start + dimensions; index += 1) square += point[index]! * point[index]!;
      const length = Math.sqrt(square);
      lengths[row] = length;
      for (let index = start; index < start + dimensions; index += 1) rows[index] = point[index]! / length;
    }
  }

  function visitTile(top: number, bottom: number, left: number, right: number): void {
    for (let i = top; i < bottom; i += 4) {
      for (let j = Math.max(left, i); j < right; j += 4) {
        blockDots(rows, dimensions, i * dimensions, j * dimensions, weights);
        if (i === j || j + 4 > classes) maskNonPairs(i, j);
        if (weigh()) blockPull(rows, forces, dimensions, i * dimensions, j * dimensions, weights);
      }
    }
  }

  /** Leaves only pairs i < j of rows that exist. */
  function maskNonPairs(i: number, j: number): void {
    for (let place = 0; place < 16; place += 1) {
      const column = j + (place & 3);
      if (i + (place >> 2) >= column || column >= classes) weights[place] = -Infinity;
    }
  }

  /** Turns the 16 cosines of a block into weights; false if all are 0. */
  function weigh(): boolean {
    let top = -1;
    for (let place = 0; place < 16; place += 1) if (weights[place]! > top) top = weights[place]!;
    if (top > largest) {
      largest = top;
      if (sharpness * (top - shift) > 300) moveShift(top);
    }
    if (sharpness * (top - shift) < negligible) return false;
    for (let place = 0; place < 16; place += 1) {
      const exponent = sharpness * (weights[place]! - shift);
      const weight = exponent < negligible ? 0 : Math.exp(exponent);
      weights[place] = weight;
      sum += weight;
    }
    return true;
  }

  function moveShift(to: number): void {
    const factor = Math.exp(sharpness * (shift - to));
    sum *= factor;
    for (let index = 0; index < forces.length; index += 1) forces[index]! *= factor;
    shift = to;
  }

  /** The gradient with respect to rows of any length: the part of each force across its row, over the length. */
  function projectForces(gradient: Float64Array): void {
    for (let row = 0; row < classes; row += 1) {
      const start = row * dimensions;
      let along = 0;
      for (let index = start; index < start + dimensions; index += 1) along += forces[index]! * rows[index]!;
      const scale = 1 / (sum * lengths[row]!);
      for (let index = start; index < start + dimensions; index += 1) {
        gradient[index] = (forces[index]! - along * rows[index]!) * scale;
      }
    }
  }
}
