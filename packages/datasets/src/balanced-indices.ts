import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { classMembers } from './class-members.js';
import type { DatasetMetadata } from './dataset.js';
import { checkSeed, type EpochSeed, seededGenerator } from './seeded-generator.js';
import { shuffle } from './shuffled-indices.js';

/**
 * As many positions as the dataset has images, with every class that has any equally often (counts differ by one at most). A small
 * class's images come again only after all of them have come; of a large class, each epoch takes others. Classes
 * take turns in a new random order each round, so that batches are balanced too. Depends on the labels, seed and epoch alone.
 *
 * @throws {RangeError} When the dataset has no labels, or seed or epoch is no whole number from 0.
 *
 * @example
 * balancedIndices(longTailed, { seed: 0, epoch: 3 });
 */
export function balancedIndices(
  dataset: Pick<DatasetMetadata, 'size' | 'labels' | 'classNames'>,
  { seed, epoch }: EpochSeed,
): Int32Array {
  checkSeed('seed', seed);
  checkSeed('epoch', epoch);
  const random = seededGenerator('order', seed, epoch);
  const members = classMembers(dataset).filter(({ length }) => length > 0);
  const turns = Int32Array.from(members.keys());
  const taken = new Int32Array(members.length);
  const indices = new Int32Array(dataset.size);
  for (let at = 0; at < dataset.size; at += 1) {
    const turn = at % turns.length;
    if (turn === 0) shuffle(turns, random);
    const chosen = turns[turn]!;
    const images = members[chosen]!;
    // Draws without repetition: the next of Fisher and Yates's shuffle, begun anew when all have come.
    const first = taken[chosen]! % images.length;
    const drawn = uniformInt(random, first, images.length - 1);
    indices[at] = images[drawn]!;
    images[drawn] = images[first]!;
    images[first] = indices[at]!;
    taken[chosen]! += 1;
  }
  return indices;
}
