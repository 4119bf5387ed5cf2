import type { DatasetMetadata } from './dataset.js';

/** The positions of each class's images, `[classes][n]`, ascending. Classes without images are empty. */
export function classMembers(dataset: Pick<DatasetMetadata, 'size' | 'labels' | 'classNames'>): Int32Array[] {
  const { labels, classNames } = dataset;
  if (!labels) throw new RangeError('the dataset has no labels; classes can only be told apart with labels.');
  const wrong = labels.findIndex((label) => label < 0);
  if (wrong >= 0) throw new RangeError(`labels[${wrong}] is ${labels[wrong]}; labels must be at least 0.`);
  const classes = labels.reduce((most, label) => Math.max(most, label + 1), classNames?.length ?? 0);
  const counts = new Int32Array(classes);
  for (const label of labels) counts[label]! += 1;
  const members = Array.from(counts, (count) => new Int32Array(count));
  counts.fill(0);
  for (const [index, label] of labels.entries()) {
    members[label]![counts[label]!] = index;
    counts[label]! += 1;
  }
  return members;
}
