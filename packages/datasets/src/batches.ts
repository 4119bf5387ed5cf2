import { batchCount, type BatchOptions, checkBatchOptions } from './batch-options.js';
import { type Batch, batchWriter } from './batch-writer.js';
import type { Dataset } from './dataset.js';
import { epochOrder } from './epoch-order.js';

/**
 * One epoch of a dataset in batches: each image once, in an order and with an augmentation that depend on (seed, epoch) alone,
 * not on the batch size or on what ran before.
 *
 * @param dataset - What to walk through.
 * @param options - See `BatchOptions`.
 * @throws {RangeError | TypeError} At once (not at the first batch) when an option is out of range or a seed is missing.
 *
 * @example
 * for (const batch of batches(train, {
 *   batchSize: 128, seed: 0, epoch, normalise: channelStatistics(train),
 *   augment: { padAndCrop: 4, horizontalFlip: true },
 * })) {
 *   const images = tensor4d(batch.images, batch.shape);
 * }
 */
export function batches(dataset: Dataset, options: BatchOptions): Generator<Batch, void, undefined> {
  checkBatchOptions(dataset, options);
  return generateBatches(dataset, options);
}

function* generateBatches(dataset: Dataset, options: BatchOptions): Generator<Batch, void, undefined> {
  const { batchSize, start = 0 } = options;
  const order = epochOrder(dataset, options);
  const write = batchWriter(dataset, options);
  const count = batchCount(dataset.size, options);
  for (let number = start; number < count; number += 1) {
    const indices = order.slice(number * batchSize, (number + 1) * batchSize);
    yield write(indices, dataset.images, indices);
  }
}
