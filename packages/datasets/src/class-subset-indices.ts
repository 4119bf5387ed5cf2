import { classMembers } from './class-members.js';
import type { DatasetMetadata } from './dataset.js';
import { checkSeed, seededGenerator } from './seeded-generator.js';
import { shuffle } from './shuffled-indices.js';

/**
 * Positions of so many images of each class, chosen at random, ascending: what `subset` takes. With one seed a smaller choice is part of
 * a larger one, so that studies over the number of images differ in the added images alone.
 *
 * @param dataset - Its labels decide.
 * @param counts - Images of each class: one number for all (low-shot: 5), or one a class in the labels' order (`linearCounts`,
 * `longTailCounts`).
 * @throws {RangeError} When there are no labels, a count is no whole number from 0, there is not one count a class, or a class has too few
 * images; the error names the class.
 *
 * @example
 * const fiveShot = subset(train, classSubsetIndices(train, 5, { seed: 0 }));
 */
export function classSubsetIndices(
  dataset: Pick<DatasetMetadata, 'size' | 'labels' | 'classNames'>,
  counts: number | readonly number[],
  { seed }: { readonly seed: number },
): Int32Array {
  checkSeed('seed', seed);
  const members = classMembers(dataset);
  if (typeof counts !== 'number' && counts.length !== members.length) {
    throw new RangeError(
      `there are ${counts.length} counts for ${members.length} classes; give one a class.`,
    );
  }
  const chosen = members.map((images, label) => {
    const count = typeof counts === 'number' ? counts : counts[label]!;
    const name = `${label}${dataset.classNames ? ` (${dataset.classNames[label]})` : ''}`;
    if (!Number.isInteger(count) || count < 0) {
      throw new RangeError(
        `the count for class ${name} is ${count}; it must be a whole number of images from 0.`,
      );
    }
    if (count > images.length) {
      throw new RangeError(`class ${name} has ${images.length} images; ${count} cannot be chosen from them.`);
    }
    shuffle(images, seededGenerator('selection', seed, label));
    return images.subarray(0, count);
  });
  return Int32Array.from(chosen.flatMap((images) => [...images])).sort();
}
