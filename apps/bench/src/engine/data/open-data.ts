import {
  blurredDataset,
  chooseClasses,
  classSubsetIndices,
  linearCounts,
  longTailCounts,
  noisyDataset,
  rotatedDataset,
  subset,
  withBrightness,
} from '@hyperspherical/datasets';
import type { OtherClasses } from '../extra-evaluations.js';
import type { Experiment } from '../../experiment/experiment-schema.js';
import { firstOfEachClass } from './first-of-each-class.js';
import type { ImageSet } from './image-set.js';
import { loadSplits, type LoadSplitsOptions, type Splits } from './load-splits.js';
import { isRangeError } from '../../records/is-range-error.js';
import { UserError } from '../../records/user-error.js';
import { withRanks } from './with-ranks.js';

type Choice = Experiment['dataset'];

/** What an experiment trains and tests on, and the classes that only the extra evaluations see. */
export interface ExperimentData extends Splits {
  readonly others: OtherClasses;
}

/**
 * Loads the splits of an experiment's dataset and makes the choices that it asks for, in this order: targets, ranks, classes, selection,
 * limit.
 *
 * @throws UserError when a choice does not fit the data.
 */
export async function openData(
  { dataset, evaluation }: Pick<Experiment, 'dataset' | 'evaluation'>,
  options: LoadSplitsOptions,
): Promise<ExperimentData> {
  const loaded = await loadSplits(dataset.kind, {
    ...options,
    ...(dataset.labels === undefined ? {} : { labels: dataset.labels }),
    ...(dataset.values === undefined ? {} : { values: dataset.values }),
    ...(dataset.imageSize === undefined ? {} : { imageSize: dataset.imageSize }),
    ...(dataset.holdOut === undefined ? {} : { holdOut: dataset.holdOut }),
    skipIncomplete: dataset.skipIncomplete,
  });
  try {
    const chosen = chooseData({ dataset, evaluation }, loaded);
    for (const split of ['train', 'test'] as const) {
      if (chosen[split].size === 0) throw new RangeError(`it leaves no images to ${split} on.`);
    }
    return { ...loaded, ...chosen };
  } catch (cause) {
    await loaded.close();
    if (isRangeError(cause))
      throw new UserError(`The experiment does not fit its data: ${cause.message}`, { cause });
    throw cause;
  }
}

/**
 * Makes an experiment's choices in splits that are loaded.
 *
 * @throws RangeError or UserError when a choice does not fit the data.
 */
export function chooseData(
  { dataset, evaluation }: Pick<Experiment, 'dataset' | 'evaluation'>,
  loaded: Pick<Splits, 'train' | 'test'>,
): Pick<ExperimentData, 'train' | 'test' | 'others'> {
  // The test images' values are drawn apart from the training images'.
  const whole = {
    train: ranked(withTargets(loaded.train, dataset.targets, 0), dataset.ranks),
    test: ranked(withTargets(loaded.test, dataset.targets, 1), dataset.ranks),
  };
  return {
    train: limited(selected(ofClasses(whole.train, dataset.classes), dataset.select, true), dataset),
    test: limited(selected(ofClasses(whole.test, dataset.classes), dataset.select, false), dataset),
    others: otherClasses(whole, evaluation),
  };
}

function withTargets(images: ImageSet, targets: Choice['targets'], split: 0 | 1): ImageSet {
  switch (targets?.kind) {
    case undefined:
      return images;
    case 'rotation':
      return rotatedDataset(images, { ...targets, seed: 2 * targets.seed + split });
    case 'blur':
      return blurredDataset(images, { ...targets, seed: 2 * targets.seed + split });
    case 'noise':
      return noisyDataset(images, { ...targets, seed: 2 * targets.seed + split });
    case 'brightness':
      if ('images' in images) return withBrightness(images);
      throw new UserError(
        `dataset.targets brightness looks at every pixel, and ${images.name} is not held in memory; take another target.`,
      );
  }
}

function ranked(images: ImageSet, ranks: number | undefined): ImageSet {
  return ranks === undefined ? images : withRanks(images, ranks);
}

function ofClasses(images: ImageSet, classes: readonly number[] | undefined): ImageSet {
  return classes === undefined ? images : chooseClasses(images, classes);
}

function selected(images: ImageSet, select: Choice['select'], isTraining: boolean): ImageSet {
  if (select === undefined || (select.kind !== 'linear' && !isTraining)) return images;
  const classes = images.classNames?.length ?? 0;
  const available = countLabels(images, classes);
  const counts = {
    linear: () =>
      linearCounts({
        classes,
        from: Math.min(...available, (select as { from: number }).from),
        to: Math.min(available.at(-1) ?? 0, (select as { to: number }).to),
      }),
    'long-tail': () =>
      longTailCounts({
        classes,
        largest: Math.max(...available),
        ratio: (select as { ratio: number }).ratio,
      }),
    'per-class': () => (select as { images: number }).images,
  }[select.kind]();
  const { seed } = select;
  return subset(images, classSubsetIndices(images, counts, { seed: 2 * seed + (isTraining ? 0 : 1) }));
}

function countLabels({ labels }: ImageSet, classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0);
  for (const label of labels ?? []) counts[label]! += 1;
  return counts;
}

function limited(images: ImageSet, { limitImages }: Choice): ImageSet {
  if (limitImages === undefined) return images;
  const count = Math.min(limitImages, images.size);
  return subset(
    images,
    Array.from({ length: count }, (_, index) => index),
  );
}

function otherClasses(
  { train, test }: { readonly train: ImageSet; readonly test: ImageSet },
  evaluation: Experiment['evaluation'],
): OtherClasses {
  const { unknownClasses, newClasses } = evaluation ?? {};
  return {
    ...(unknownClasses && { unknown: chooseClasses(test, unknownClasses) }),
    ...(newClasses && {
      added: {
        examples: firstOfEachClass(chooseClasses(train, newClasses.classes), newClasses.examples),
        test: chooseClasses(test, newClasses.classes),
      },
    }),
  };
}
