import type { ImageSet } from './image-set.js';
import { UserError } from '../../records/user-error.js';

/**
 * The same images with ordered labels made of their values: `ranks` ranges of equal width from the lowest bound to the highest, named by
 * their edges.
 *
 * @throws UserError when the images have no values.
 */
export function withRanks(images: ImageSet, ranks: number): ImageSet {
  const { values, name, valueUnit } = images;
  if (values === undefined)
    throw new UserError(`dataset.ranks makes labels of values, and ${name} has none; give dataset.targets.`);
  const [lowest, highest] = images.valueBounds ?? [minimum(values), -minimum(values.map((value) => -value))];
  const width = (highest - lowest) / ranks;
  const edge = (rank: number): string => Number((lowest + rank * width).toPrecision(4)).toString();
  return {
    ...images,
    labels: Int32Array.from(values, (value) =>
      Math.min(ranks - 1, Math.max(0, Math.floor((value - lowest) / width))),
    ),
    classNames: Array.from({ length: ranks }, (_, rank) =>
      `${edge(rank)} to ${edge(rank + 1)} ${valueUnit ?? ''}`.trimEnd(),
    ),
  };
}

function minimum(values: Float32Array): number {
  return values.reduce((least, value) => Math.min(least, value), Infinity);
}
