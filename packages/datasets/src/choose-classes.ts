import { classMembers } from './class-members.js';
import type { Dataset } from './dataset.js';
import type { StreamedDataset } from './streamed-dataset.js';
import { subset } from './subset.js';

/**
 * The images of some classes, in the dataset's order, with labels 0, 1, ... for these classes in the order given.
 *
 * @param dataset - With labels.
 * @param classes - Labels, or class names.
 * @throws {RangeError} When the dataset has no labels, or a class is unknown, comes twice or has no images.
 *
 * @example
 * chooseClasses(mnist, [2, 3, 4, 5, 7]); // the digits of the paper's rotated MNIST
 */
export function chooseClasses<D extends Dataset | StreamedDataset>(
  dataset: D,
  classes: readonly (number | string)[],
): D {
  const members = classMembers(dataset);
  const { classNames } = dataset;
  const chosen = classes.map((entry) => {
    const label = typeof entry === 'string' ? (classNames?.indexOf(entry) ?? -1) : entry;
    if (members[label] === undefined) {
      throw new RangeError(
        `there is no class ${typeof entry === 'string' ? `"${entry}"` : entry} in ${dataset.name}; ` +
          `there are ${members.length}${classNames ? `: ${classNames.join(', ')}` : ''}.`,
      );
    }
    if (members[label].length === 0) {
      throw new RangeError(`class ${label} has no images in ${dataset.name} ${dataset.split}.`);
    }
    return label;
  });
  if (chosen.length === 0) throw new RangeError('classes is empty; choose one at least.');
  const twice = chosen.find((label, at) => chosen.indexOf(label) !== at);
  if (twice !== undefined) throw new RangeError(`class ${twice} is chosen twice.`);
  const part = subset(dataset, Int32Array.from(chosen.flatMap((label) => [...members[label]!])).sort());
  return {
    ...part,
    labels: part.labels!.map((label) => chosen.indexOf(label)),
    ...(classNames && { classNames: chosen.map((label) => classNames[label]!) }),
  };
}
