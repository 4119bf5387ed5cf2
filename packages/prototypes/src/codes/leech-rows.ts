import { golayCode, weight } from './golay-code.js';
import { section } from './section.js';

const dimensions = 24;
const count = 196_560;

/**
 * The 196,560 shortest vectors of the Leech lattice, scaled to length 1. Times `sqrt(32)` they are: `+-2` on the 8 places of a Golay
 * octad with an even number of minus signs; `(-3, 1^23)` in any order, negated on a codeword; and `(+-4, +-4, 0^22)`.
 *
 * @see Conway & Sloane 1999, "Sphere Packings, Lattices and Groups", chapter 4.
 */
export function leechRows(): Float64Array {
  const rows = new Float64Array(count * dimensions);
  const unit = 1 / Math.sqrt(32);
  let start = 0;
  for (let first = 0; first < 24; first += 1) {
    for (let second = first + 1; second < 24; second += 1) {
      for (const [one, other] of [
        [4, 4],
        [4, -4],
        [-4, 4],
        [-4, -4],
      ] as const) {
        rows[start + first] = one * unit;
        rows[start + second] = other * unit;
        start += dimensions;
      }
    }
  }
  for (const word of golayCode()) {
    for (let place = 0; place < 24; place += 1) {
      for (let index = 0; index < 24; index += 1) {
        const value = index === place ? -3 : 1;
        rows[start + index] = ((word >> index) & 1 ? -value : value) * unit;
      }
      start += dimensions;
    }
    if (weight(word) !== 8) continue;
    const places = Array.from({ length: 24 }, (_, index) => index).filter((index) => (word >> index) & 1);
    for (let signs = 0; signs < 256; signs += 1) {
      if (weight(signs) % 2 === 1) continue;
      for (const [bit, index] of places.entries()) rows[start + index] = ((signs >> bit) & 1 ? -2 : 2) * unit;
      start += dimensions;
    }
  }
  return rows;
}

/** The 552 points in 23 dimensions on 276 equiangular lines: the section of the Leech lattice's shortest vectors round one of the next but one length. */
export function equiangularLinesRows(): Float64Array {
  const rows = leechRows();
  // The sum of two shortest vectors at cosine -1/4 is one of squared length 3/2.
  const first = rows.subarray(0, dimensions);
  for (let start = dimensions; ; start += dimensions) {
    const second = rows.subarray(start, start + dimensions);
    const cosine = first.reduce((sum, value, index) => sum + value * second[index]!, 0);
    if (Math.abs(cosine + 0.25) > 1e-9) continue;
    const direction = first.map((value, index) => value + second[index]!);
    return section(rows, dimensions, direction, Math.sqrt(3 / 8));
  }
}
