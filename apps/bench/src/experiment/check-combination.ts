import type { Experiment } from './experiment-schema.js';

/** What a head learns from. */
export type TaskKind = 'classification' | 'regression' | 'joint';

/** The task of each kind of head. */
export const taskOfHead: Readonly<Record<Experiment['head']['kind'], TaskKind>> = {
  'prototype-classifier': 'classification',
  'softmax-classifier': 'classification',
  'cosine-classifier': 'classification',
  'simplex-logit-classifier': 'classification',
  'nearest-mean-classifier': 'classification',
  'contrastive-classifier': 'classification',
  'ordinal-classifier': 'classification',
  'prototype-regressor': 'regression',
  'linear-regressor': 'regression',
  joint: 'joint',
  'multi-task': 'joint',
};

/** How many classes each dataset is known to have before it is loaded, with its default labels. */
const knownClasses: Partial<Record<Experiment['dataset']['kind'], number>> = {
  cifar10: 10,
  cifar100: 100,
  mnist: 10,
  'fashion-mnist': 10,
  'rotated-mnist': 5,
  'tiny-imagenet': 200,
  'cub-200-2011': 200,
};

/** The datasets whose images have values of their own. */
const withValues: readonly string[] = ['rotated-mnist', 'omniart', 'image-csv'];

/**
 * What cannot work in an experiment although each of its keys is allowed: the key and a sentence, or undefined.
 */
export function impossibleCombination({
  dataset,
  backbone,
  head,
  training,
}: Experiment): { readonly key: string; readonly message: string } | undefined {
  const resizing = impossibleResizing(backbone, training);
  if (resizing !== undefined) return { key: 'training.progressiveResizing', message: resizing };
  const task = taskOfHead[head.kind];
  if (task !== 'classification' && dataset.targets === undefined && !withValues.includes(dataset.kind)) {
    return {
      key: 'head.kind',
      message: `${head.kind} needs a value for every image, and ${dataset.kind} has none; give dataset.targets (such as {"kind": "rotation"}), or take a classifier`,
    };
  }
  const classes =
    dataset.classes?.length ?? (dataset.labels === undefined ? knownClasses[dataset.kind] : undefined);
  if (classes === undefined || !('prototypes' in head)) return undefined;
  const { prototypes } = head;
  if (prototypes.method === 'file' || prototypes.method === 'run') return undefined;
  const needed =
    prototypes.method === 'one-hot'
      ? classes
      : prototypes.method === 'simplex'
        ? classes - 1
        : prototypes.method === 'orthoplex'
          ? Math.ceil(classes / 2)
          : 1;
  if (prototypes.dimensions < needed) {
    return {
      key: 'head.prototypes.dimensions',
      message: `${prototypes.method} prototypes of ${classes} classes need at least ${needed} dimensions, and get ${prototypes.dimensions}; raise dimensions or take the method auto`,
    };
  }
  if (prototypes.method === 'circle' && prototypes.dimensions !== 2) {
    return {
      key: 'head.prototypes.dimensions',
      message: `the method circle is for 2 dimensions, and gets ${prototypes.dimensions}`,
    };
  }
  return undefined;
}

function impossibleResizing(
  { kind }: Experiment['backbone'],
  { progressiveResizing, epochs }: Experiment['training'],
): string | undefined {
  if (progressiveResizing === undefined) return undefined;
  if (kind === 'convnet' || kind === 'mlp')
    return `the backbone ${kind} has weights for one size of images; take cifar-resnet, resnet or densenet, or leave progressiveResizing out`;
  const ends = progressiveResizing.map(({ untilEpoch }) => untilEpoch);
  for (const [index, end] of ends.entries())
    if (index > 0 && end <= ends[index - 1]!)
      return `untilEpoch ${end} comes after ${ends[index - 1]}; put the parts in the order of their epochs`;
  if (ends.at(-1)! >= epochs)
    return `the last smaller size ends with epoch ${ends.at(-1)} of ${epochs}, so that no epoch has images as they are; end it earlier`;
  return undefined;
}
