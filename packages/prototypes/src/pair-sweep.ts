import { blockDots, blockPull } from './block-kernels.js';
import type { Breather } from './breather.js';

/**
 * Turns the 16 cosines of a block into the weights by which its pairs pull at each other, in place; false if all are 0.
 * Places that are no pair (a row with itself, or again) hold -Infinity, and must become 0.
 */
export type Weigh = (cosines: Float64Array) => boolean;

/**
 * The work that all energies of pairs share: unit rows, their cosines, and forces `sum over j of weight_ij row_j`.
 * A cosine lives in a register and is gone, so that memory is two copies of the rows. Each pair is computed once.
 */
export interface PairSweep {
  /** `[classes, dimensions]`, rows of length 1; padded with zero rows to a multiple of 4. */
  readonly rows: Float64Array;
  /** Laid out like `rows`. */
  readonly forces: Float64Array;
  /** Sets `rows` to the rows of `point` divided by their lengths, and the forces to 0. */
  reset(point: Float64Array): void;
  /** Visits all pairs; `onBlock` sees each block's cosines first, with the index of its first row and column. */
  sweep(weigh: Weigh, onBlock?: (row: number, column: number, cosines: Float64Array) => void): Promise<void>;
  /** The gradient with respect to rows of any length: `scale` times the part of each force across its row, over the length. */
  project(gradient: Float64Array, scale: number): void;
}

// Rows on each side of a tile: two tiles of a few hundred dimensions stay in a core's cache.
const tileRows = 64;

/**
 * Prepares sweeps over the pairs of `classes` rows. The first `frozen` rows do not move: pairs among them are left out, and their
 * gradient is 0.
 */
export function createPairSweep(
  classes: number,
  dimensions: number,
  breather: Breather,
  frozen = 0,
): PairSweep {
  const padded = Math.ceil(classes / 4) * 4;
  const rows = new Float64Array(padded * dimensions);
  const forces = new Float64Array(padded * dimensions);
  const lengths = new Float64Array(classes);
  const block = new Float64Array(16);

  return {
    rows,
    forces,
    reset(point) {
      for (let row = 0; row < classes; row += 1) {
        const start = row * dimensions;
        let square = 0;
        for (let index = start; index < start + dimensions; index += 1) {
          square += point[index]! * point[index]!;
        }
        const length = Math.sqrt(square);
        lengths[row] = length;
        for (let index = start; index < start + dimensions; index += 1) rows[index] = point[index]! / length;
      }
      forces.fill(0);
    },
    async sweep(weigh, onBlock) {
      for (let top = 0; top < padded; top += tileRows) {
        for (let left = top; left < padded; left += tileRows) {
          if (breather.due()) await breather.breathe();
          const bottom = Math.min(padded, top + tileRows);
          const right = Math.min(padded, left + tileRows);
          for (let i = top; i < bottom; i += 4) {
            for (let j = Math.max(left, i); j < right; j += 4) {
              if (j + 4 <= frozen) continue;
              blockDots(rows, dimensions, i * dimensions, j * dimensions, block);
              if (i === j || j < frozen || j + 4 > classes) maskNonPairs(i, j);
              onBlock?.(i, j, block);
              if (weigh(block)) blockPull(rows, forces, dimensions, i * dimensions, j * dimensions, block);
            }
          }
        }
      }
    },
    project(gradient, scale) {
      gradient.fill(0, 0, frozen * dimensions);
      for (let row = frozen; row < classes; row += 1) {
        const start = row * dimensions;
        let along = 0;
        for (let index = start; index < start + dimensions; index += 1) {
          along += forces[index]! * rows[index]!;
        }
        const factor = scale / lengths[row]!;
        for (let index = start; index < start + dimensions; index += 1) {
          gradient[index] = (forces[index]! - along * rows[index]!) * factor;
        }
      }
    },
  };

  function maskNonPairs(i: number, j: number): void {
    for (let place = 0; place < 16; place += 1) {
      const column = j + (place & 3);
      if (i + (place >> 2) >= column || column < frozen || column >= classes) block[place] = -Infinity;
    }
  }
}
