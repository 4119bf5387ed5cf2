import { batchCount, type BatchOptions, checkBatchOptions } from './batch-options.js';
import { type Batch, batchWriter } from './batch-writer.js';
import { imageBytes } from './dataset.js';
import { epochOrder } from './epoch-order.js';
import type { StreamedDataset } from './streamed-dataset.js';

/** How `streamBatches` walks through a streamed dataset. */
export interface StreamBatchOptions extends BatchOptions {
  /**
   * The number of batches that are decoded ahead while the caller works, at least 0. Memory grows by one batch of bytes for each.
   * Default 2.
   */
  readonly prefetch?: number;
  /** Stops reading: the next batch rejects with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * One epoch of a streamed dataset in batches: the same batches, number for number, as `batches` makes of the same images in memory. Later
 * batches are decoded while the caller works on one. Leaving the loop early stops what is under way.
 *
 * @throws {RangeError | TypeError} At once when an option is out of range or a seed is missing. The iteration rejects with what a read
 * rejects with, and with a RangeError when a read gives another number of bytes than asked for.
 *
 * @example
 * for await (const batch of streamBatches(imagenet, { batchSize: 128, seed: 0, epoch, prefetch: 4 })) {
 *   const images = tensor4d(batch.images, batch.shape);
 * }
 */
export function streamBatches(
  dataset: StreamedDataset,
  options: StreamBatchOptions,
): AsyncGenerator<Batch, void, undefined> {
  checkBatchOptions(dataset, options);
  const { prefetch = 2 } = options;
  if (!Number.isInteger(prefetch) || prefetch < 0) {
    throw new RangeError(`prefetch is ${prefetch}; it must be a whole number of batches, at least 0.`);
  }
  return generateBatches(dataset, options, prefetch);
}

async function* generateBatches(
  dataset: StreamedDataset,
  options: StreamBatchOptions,
  prefetch: number,
): AsyncGenerator<Batch, void, undefined> {
  const { batchSize, start = 0, signal } = options;
  const order = epochOrder(dataset, options);
  const write = batchWriter(dataset, options);
  const count = batchCount(dataset.size, options);
  const rows = Int32Array.from({ length: Math.min(batchSize, dataset.size) }, (_, row) => row);
  const leaving = new AbortController();
  const stop = signal ? AbortSignal.any([signal, leaving.signal]) : leaving.signal;
  const reads: { readonly indices: Int32Array; readonly images: Promise<Uint8Array> }[] = [];
  let next = start;
  const read = (): void => {
    const indices = order.slice(next * batchSize, (next + 1) * batchSize);
    const images = dataset.read(indices, { signal: stop });
    // Heard when its turn comes; until then it is no unhandled rejection.
    images.catch(() => undefined);
    reads.push({ indices, images });
    next += 1;
  };
  try {
    for (let number = start; number < count; number += 1) {
      signal?.throwIfAborted();
      while (next < count && next <= number + prefetch) read();
      const { indices, images } = reads.shift()!;
      const bytes = await images;
      const expected = indices.length * imageBytes(dataset.imageShape);
      if (bytes.length !== expected) {
        throw new RangeError(
          `reading ${indices.length} images of ${dataset.name} ${dataset.split} gave ${bytes.length} bytes instead of ${expected}.`,
        );
      }
      yield write(indices, bytes, rows);
    }
  } finally {
    leaving.abort(new Error('the batches are no longer wanted'));
  }
}
