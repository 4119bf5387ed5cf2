import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { normaliseRows } from './rows.js';

/** `count` numbers from the standard normal distribution. */
export function randomNormals(generator: RandomGenerator, count: number): Float64Array {
  const values = new Float64Array(count);
  for (let index = 0; index < count; index += 2) {
    // Marsaglia's polar method: unlike sine and cosine, logarithm and root give the same bits in every version of V8.
    let x = 0;
    let y = 0;
    let square = 0;
    while (square >= 1 || square === 0) {
      x = 2 * uniformFloat64(generator) - 1;
      y = 2 * uniformFloat64(generator) - 1;
      square = x * x + y * y;
    }
    const factor = Math.sqrt((-2 * Math.log(square)) / square);
    values[index] = x * factor;
    // Beyond the end of an odd count this write is ignored.
    values[index + 1] = y * factor;
  }
  return values;
}

/**
 * `[classes, dimensions]` unit rows, spread uniformly over the sphere. In 1 dimension, where it has 2 points, the second row
 * is the opposite of the first: two draws would be the same point half of the time, and no descent could part them.
 */
export function randomRows(generator: RandomGenerator, classes: number, dimensions: number): Float64Array {
  const rows = randomNormals(generator, classes * dimensions);
  normaliseRows(rows, dimensions);
  if (dimensions === 1 && classes === 2) rows[1] = -rows[0]!;
  return rows;
}
