import { classMembers } from './class-members.js';
import type { DatasetMetadata } from './dataset.js';
import { checkSeed, seededGenerator } from './seeded-generator.js';
import { shuffle } from './shuffled-indices.js';

/** How `splitIndices` parts a dataset. */
export interface SplitIndicesOptions {
  /** The share of the images that are kept apart for validation, above 0 and below 1, such as 0.1. */
  readonly validation: number;
  /** A whole number from 0. */
  readonly seed: number;
  /** Whether every class is parted in the same proportion. Default: true where the dataset has labels. */
  readonly stratify?: boolean;
}

/** Two parts of a dataset, ascending positions that together are all of them. */
export interface SplitIndices {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

/**
 * Parts a dataset at random. The validation part has round(size x share) images; of each class it has the share rounded up
 * or down, so that the numbers add up.
 *
 * @throws {RangeError} When the share leaves a part empty, the seed is no whole number from 0, or classes are wanted of a dataset without labels.
 *
 * @example
 * const { train, validation } = splitIndices(all, { validation: 0.1, seed: 0 });
 * const tuning = subset(all, validation);
 */
export function splitIndices(
  dataset: Pick<DatasetMetadata, 'size' | 'labels' | 'classNames'>,
  { validation, seed, stratify = dataset.labels !== undefined }: SplitIndicesOptions,
): SplitIndices {
  if (!(validation > 0 && validation < 1)) {
    throw new RangeError(`validation is ${validation}; it must be a share above 0 and below 1.`);
  }
  const { size } = dataset;
  const wanted = Math.round(size * validation);
  if (wanted === 0 || wanted === size) {
    throw new RangeError(
      `validation is ${validation}, which takes ${wanted} of ${size} images; both parts must have at least one.`,
    );
  }
  const line = dealtOut(dataset, { seed, stratify });
  // Evenly spaced places of the line, exactly `wanted` of them: so many of any stretch, give or take one.
  const taken = line.filter(
    (_, at) => Math.floor(((at + 1) * wanted) / size) > Math.floor((at * wanted) / size),
  );
  const isTaken = new Uint8Array(size);
  for (const index of taken) isTaken[index] = 1;
  const all = Int32Array.from({ length: size }, (_, index) => index);
  return {
    train: all.filter((index) => isTaken[index] === 0),
    validation: all.filter((index) => isTaken[index] === 1),
  };
}

/** How `foldIndices` parts a dataset. */
export interface FoldIndicesOptions {
  /** The number of folds, at least 2. */
  readonly folds: number;
  /** A whole number from 0. */
  readonly seed: number;
  /** Whether every class is spread evenly over the folds. Default: true where the dataset has labels. */
  readonly stratify?: boolean;
}

/**
 * Parts a dataset for cross-validation: each image is in the validation part of exactly one fold. The folds' sizes, and the
 * numbers of each class in them, differ by one at most.
 *
 * @throws {RangeError} When there are fewer images than folds, `folds` or the seed is out of range, or classes are wanted of a dataset without labels.
 *
 * @example
 * for (const { train, validation } of foldIndices(all, { folds: 5, seed: 0 })) {
 *   await evaluate(subset(all, train), subset(all, validation));
 * }
 */
export function foldIndices(
  dataset: Pick<DatasetMetadata, 'size' | 'labels' | 'classNames'>,
  { folds, seed, stratify = dataset.labels !== undefined }: FoldIndicesOptions,
): readonly SplitIndices[] {
  const { size } = dataset;
  if (!Number.isInteger(folds) || folds < 2 || folds > size) {
    throw new RangeError(
      `folds is ${folds}; it must be a whole number from 2 to ${size}, the number of images.`,
    );
  }
  const foldOf = new Int32Array(size);
  for (const [at, index] of dealtOut(dataset, { seed, stratify }).entries()) foldOf[index] = at % folds;
  const all = Int32Array.from({ length: size }, (_, index) => index);
  return Array.from({ length: folds }, (_, fold) => ({
    train: all.filter((index) => foldOf[index] !== fold),
    validation: all.filter((index) => foldOf[index] === fold),
  }));
}

/** All positions at random, class after class if stratified: every n-th of them is then a sample with every class in proportion. */
function dealtOut(
  dataset: Pick<DatasetMetadata, 'size' | 'labels' | 'classNames'>,
  { seed, stratify }: { readonly seed: number; readonly stratify: boolean },
): Int32Array {
  checkSeed('seed', seed);
  const strata = stratify
    ? classMembers(dataset)
    : [Int32Array.from({ length: dataset.size }, (_, index) => index)];
  const line = new Int32Array(dataset.size);
  let at = 0;
  for (const [label, images] of strata.entries()) {
    shuffle(images, seededGenerator('split', seed, label));
    line.set(images, at);
    at += images.length;
  }
  return line;
}
