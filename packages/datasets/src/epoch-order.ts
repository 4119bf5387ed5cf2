import { balancedIndices } from './balanced-indices.js';
import type { BatchOptions } from './batch-options.js';
import type { DatasetMetadata } from './dataset.js';
import { shuffledIndices } from './shuffled-indices.js';

/** The positions of an epoch's images, in the order in which `batches` takes them. */
export function epochOrder(dataset: DatasetMetadata, options: BatchOptions): Int32Array {
  const { seed = 0, epoch = 0, shuffle = options.seed !== undefined, balanceClasses = false } = options;
  if (balanceClasses) return balancedIndices(dataset, { seed, epoch });
  return shuffle
    ? shuffledIndices(dataset.size, { seed, epoch })
    : Int32Array.from({ length: dataset.size }, (_, index) => index);
}
