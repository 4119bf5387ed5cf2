import { rowDots, rowPull } from './block-kernels.js';
import type { Breather } from './breather.js';
import type { PairSweep, Weigh } from './pair-sweep.js';

/**
 * The pairs of rows whose cosine was above a threshold when they were collected: where only the closest pairs have a
 * weight, later sweeps need visit no others until the rows have moved.
 */
export interface NearPairs {
  /** Forgets all, and remembers where the rows are now. */
  begin(threshold: number): void;
  /** Collects the pairs of a block of the dense sweep. */
  readonly collect: (row: number, column: number, cosines: Float64Array) => void;
  /** Ends the collection. */
  end(): void;
  /** No pair outside the list has a cosine above this now; Infinity if there is no list. */
  largestOutside(): number;
  /** Visits the pairs of the list as `PairSweep.sweep` visits all. */
  sweep(weigh: Weigh): Promise<void>;
}

/** Prepares a list of near pairs of the rows of `sweep`; longer than `limit` it gives up, for it would not pay. */
export function createNearPairs(
  { rows, forces }: PairSweep,
  classes: number,
  dimensions: number,
  limit: number,
  breather: Breather,
): NearPairs {
  const origin = new Float64Array(rows.length);
  const cosines = new Float64Array(16);
  let lists: number[][] = [];
  let count = 0;
  let threshold = Infinity;
  // Row i's partners are partners[starts[i]] to partners[starts[i + 1] - 1], padded with i itself to a multiple of 4.
  const starts = new Int32Array(classes + 1);
  let partners = new Int32Array(0);

  return {
    begin(above) {
      threshold = above;
      count = 0;
      lists = Array.from({ length: classes }, () => []);
      origin.set(rows);
    },
    collect(row, column, block) {
      if (count > limit) return;
      for (let place = 0; place < 16; place += 1) {
        if (block[place]! > threshold) {
          lists[row + (place >> 2)]!.push(column + (place & 3));
          count += 1;
        }
      }
    },
    end() {
      if (count > limit) threshold = Infinity;
      else {
        for (let row = 0; row < classes; row += 1) {
          starts[row + 1] = starts[row]! + Math.ceil(lists[row]!.length / 4) * 4;
        }
        partners = new Int32Array(starts[classes]!);
        for (let row = 0; row < classes; row += 1) {
          partners.fill(row, starts[row], starts[row + 1]);
          partners.set(lists[row]!, starts[row]);
        }
      }
      lists = [];
    },
    largestOutside() {
      if (threshold === Infinity) return Infinity;
      // A cosine changes by no more than the distances that its two rows have moved.
      let [first, second] = [0, 0];
      for (let row = 0; row < classes; row += 1) {
        let square = 0;
        for (let index = row * dimensions; index < (row + 1) * dimensions; index += 1) {
          square += (rows[index]! - origin[index]!) ** 2;
        }
        if (square > first) [first, second] = [square, first];
        else if (square > second) second = square;
      }
      return threshold + Math.sqrt(first) + Math.sqrt(second);
    },
    async sweep(weigh) {
      cosines.fill(-Infinity);
      for (let row = 0; row < classes; row += 1) {
        if (breather.due()) await breather.breathe();
        const start = row * dimensions;
        const end = starts[row + 1]!;
        for (let place = starts[row]!; place < end; place += 4) {
          const a = partners[place]! * dimensions;
          const b = partners[place + 1]! * dimensions;
          const c = partners[place + 2]! * dimensions;
          const d = partners[place + 3]! * dimensions;
          rowDots(rows, dimensions, start, a, b, c, d, cosines);
          if (b === start) cosines[1] = -Infinity;
          if (c === start) cosines[2] = -Infinity;
          if (d === start) cosines[3] = -Infinity;
          if (weigh(cosines)) rowPull(rows, forces, dimensions, start, a, b, c, d, cosines);
          cosines.fill(-Infinity, 4);
        }
      }
    },
  };
}
