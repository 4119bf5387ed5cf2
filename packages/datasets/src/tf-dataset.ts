import {
  type Tensor,
  type TensorContainerObject,
  tensor1d,
  type Tensor4D,
  tensor4d,
} from '@tensorflow/tfjs-core';
import { type Dataset as TfDataset, generator } from '@tensorflow/tfjs-data';
import type { Batch } from './batch-writer.js';
import { batches } from './batches.js';
import type { Dataset } from './dataset.js';
import { streamBatches, type StreamBatchOptions } from './stream-batches.js';
import type { StreamedDataset } from './streamed-dataset.js';

/** What `tfDataset` makes batches of. */
export interface TfDatasetOptions extends Omit<StreamBatchOptions, 'reuseBuffers' | 'start'> {
  /**
   * What is learned: `labels` (int32 `[n]`), `values` (float32 `[n]`), or tensors made of a batch. Default: `labels` where the dataset has
   * them, else `values`.
   */
  readonly targets?: 'labels' | 'values' | ((batch: Batch) => Tensor);
}

/** One element of the tf.data dataset. */
export interface TfBatch extends TensorContainerObject {
  /** `[n, height, width, channels]`. */
  readonly xs: Tensor4D;
  readonly ys: Tensor;
}

/**
 * The batches of a dataset as a `tf.data` dataset, for `model.fitDataset`: `{ xs, ys }`, whole batches. Every pass over it is the next epoch,
 * beginning with `options.epoch`, with its own order and augmentation. Whoever takes an element disposes of its tensors, as `fitDataset` does.
 *
 * @throws {RangeError | TypeError} At once when an option is out of range, a seed is missing, or the dataset does not have the targets.
 *
 * @example
 * await model.fitDataset(tfDataset(train, { batchSize: 128, seed: 0 }), { epochs: 10 });
 */
export function tfDataset(dataset: Dataset | StreamedDataset, options: TfDatasetOptions): TfDataset<TfBatch> {
  const { targets = dataset.labels ? 'labels' : 'values', epoch: first = 0, ...rest } = options;
  if (typeof targets === 'string' && !dataset[targets]) {
    throw new RangeError(`${dataset.name} ${dataset.split} has no ${targets} to be targets.`);
  }
  const walk = (epoch: number) =>
    'images' in dataset ? batches(dataset, { ...rest, epoch }) : streamBatches(dataset, { ...rest, epoch });
  // Refuses bad options now: nothing of the walk runs before its first batch is asked for.
  walk(first);
  let epoch = first;
  return generator(() => {
    const walked = walk(epoch);
    epoch += 1;
    return tensors(walked, targets);
  });
}

async function* tensors(
  walked: Iterable<Batch> | AsyncIterable<Batch>,
  targets: NonNullable<TfDatasetOptions['targets']>,
): AsyncGenerator<TfBatch, void, undefined> {
  for await (const batch of walked) {
    const ys =
      typeof targets === 'function'
        ? targets(batch)
        : tensor1d(batch[targets]!, targets === 'labels' ? 'int32' : 'float32');
    yield { xs: tensor4d(batch.images, batch.shape), ys };
  }
}
